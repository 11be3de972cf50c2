import { EVENT_TYPES, identitiesOf, type EventInput, type Source, OWN_ID_PREFIX } from '@ciclo/engine'
import { z } from 'zod'
import { describeIssue } from '../describeIssue.ts'
import { cleanJson } from './cleanJson.ts'
import { eventTime } from './eventTime.ts'
import { mergeContext } from './mergeContext.ts'

/** Segment's limit of one event, in bytes of its JSON. */
const EVENT_BYTES = 32 * 1024

/** Not `z.record`, which copies every bag only to find that anything may be in it. */
const bag = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { message: 'expected an object' },
  )
  .nullish()
const instant = z.union([z.string(), z.number()]).nullish()
/** Clients send ids as numbers too, and null where there is none. */
const identifier = z
  .union([z.string().max(512), z.number().transform(String)])
  .nullish()
  .transform((id) => (id === null || id === '' ? undefined : id))

const name = z.string().max(512).nullish()

/** One event as clients send it, with explicit nulls, and everything that Ciclo has no use for left out. */
export const WireEventSchema = z.object({
  type: z.enum(EVENT_TYPES),
  messageId: z
    .union([z.string().max(100), z.number().transform(String)])
    .refine((id) => !id.startsWith(OWN_ID_PREFIX), {
      message: `expected an id that does not begin with ${OWN_ID_PREFIX}`,
    })
    .nullish(),
  userId: identifier,
  anonymousId: identifier,
  previousId: identifier,
  groupId: identifier,
  event: name,
  name,
  category: z.unknown().optional(),
  properties: bag,
  traits: bag,
  context: bag,
  timestamp: instant,
  originalTimestamp: instant,
  sentAt: instant,
})

/** What stands around an event: who sent it and when, and what its batch says for all. */
export interface WireFrame {
  source: Source
  receivedAt: number
  sentAt: unknown
  context: Record<string, unknown>
  newMessageId: () => string
}

export type ReadEvent =
  | { ok: true; input: EventInput }
  | { ok: false; code: 'bad-request' | 'too-large'; message: string }

const refused = (message: string): ReadEvent => ({ ok: false, code: 'bad-request', message })

/** The size of an event's JSON in bytes: characters first, since most events are far below the limit. */
function sizeOf(event: unknown): number {
  const text = JSON.stringify(event)
  return text.length * 3 <= EVENT_BYTES ? text.length : Buffer.byteLength(text)
}

/** PHP writes an empty object as an empty list. */
function withBags(event: Record<string, unknown>): Record<string, unknown> {
  for (const member of ['properties', 'traits']) {
    const given = event[member]
    if (Array.isArray(given) && given.length === 0) event[member] = {}
  }
  return event
}

type WireEvent = z.infer<typeof WireEventSchema>

/** RudderStack's clients state the traits of an identify in its context only. */
function traitsOf({ type, traits, context }: WireEvent): Record<string, unknown> {
  const nested = type === 'identify' ? context?.['traits'] : undefined
  return typeof nested === 'object' && !Array.isArray(nested) ? { ...nested, ...traits } : (traits ?? {})
}

/** The category of a page stands beside its properties where no library has put it into them. */
function propertiesOf({ properties, category }: WireEvent): Record<string, unknown> {
  return category && properties?.['category'] === undefined ? { ...properties, category } : (properties ?? {})
}

/** Reads one event from the wire, or says what is wrong with it. */
export function readWireEvent(raw: unknown, frame: WireFrame): ReadEvent {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return refused('event: expected an object')
  const own = 'context' in raw ? raw.context : undefined
  const clean = cleanJson({ ...raw, context: mergeContext(frame.context, own) })
  if (!clean.ok) return refused(clean.message)
  const size = clean.atMost <= EVENT_BYTES ? clean.atMost : sizeOf(clean.value)
  if (size > EVENT_BYTES) {
    return {
      ok: false,
      code: 'too-large',
      message: `event: given ${size} bytes, expected at most ${EVENT_BYTES}`,
    }
  }
  const parsed = WireEventSchema.safeParse(withBags(clean.value as Record<string, unknown>))
  if (!parsed.success) return refused(describeIssue(parsed.error, 'event'))
  const wire = parsed.data
  const eventName = wire.type === 'track' ? wire.event : wire.name
  if (wire.type === 'track' && !eventName) return refused('event: expected the name of the event')
  const { timestamp, originalTimestamp } = wire
  const at = eventTime(
    { timestamp, originalTimestamp, sentAt: wire.sentAt || frame.sentAt },
    frame.receivedAt,
  )
  if (at === undefined)
    return refused(
      `timestamp: given ${JSON.stringify(timestamp || originalTimestamp)}, expected an ISO 8601 date`,
    )
  const context = wire.context ?? {}
  const input: EventInput = {
    kind: 'event',
    id: wire.messageId || frame.newMessageId(),
    at,
    receivedAt: frame.receivedAt,
    source: frame.source,
    event: {
      type: wire.type,
      ...(eventName ? { name: eventName } : {}),
      ...(wire.userId ? { userId: wire.userId } : {}),
      ...(wire.anonymousId ? { anonymousId: wire.anonymousId } : {}),
      ...(wire.previousId ? { previousId: wire.previousId } : {}),
      ...(wire.groupId ? { groupId: wire.groupId } : {}),
      properties: propertiesOf(wire),
      traits: traitsOf(wire),
      context,
    },
  }
  const { proven, claims } = identitiesOf(input)
  return proven.length + claims.length === 0
    ? refused('userId: expected a userId, an anonymousId or an e-mail address')
    : { ok: true, input }
}
