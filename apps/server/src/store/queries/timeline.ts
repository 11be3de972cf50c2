import { canonicalName, type EventInput } from '@ciclo/engine'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { memberIds } from './customers.ts'
import { pageOfEvents, toInput } from './events.ts'
import { pageOfMessages, type OutboxMessage } from './messages.ts'
import { readLastRuns } from './runs.ts'
import type { CustomerEnrolment } from './enrolments.ts'
import { transitionsBehind, type CustomerTransition } from './transitions.ts'

/** In the order of cause and consequence at one instant. */
export const TIMELINE_KINDS = ['event', 'transition', 'run', 'message'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** A place in a customer's timeline, newest first. */
export interface TimelinePlace {
  at: number
  kind: TimelineKind
  id: string
}

export type TimelineItem = TimelinePlace &
  (
    | { kind: 'event'; event: EventInput }
    | { kind: 'transition'; transition: CustomerTransition }
    | { kind: 'run'; what: 'began' | 'ended'; run: CustomerEnrolment }
    | { kind: 'message'; message: OutboxMessage }
  )

interface Wanted {
  kinds: ReadonlySet<TimelineKind>
  after: TimelinePlace | undefined
  limit: number
}

const rankOf = (kind: TimelineKind) => TIMELINE_KINDS.indexOf(kind)

/**
 * Where a list of one kind goes on behind a place of any kind: of what happened at the same instant, all of a kind that
 * stands behind, and nothing of one that stood before.
 */
function placeIn<Id>(
  kind: TimelineKind,
  after: TimelinePlace | undefined,
  first: Id,
  idOf: (id: string) => Id,
) {
  if (!after) return undefined
  if (kind === after.kind) return { at: after.at, id: idOf(after.id) }
  return { at: rankOf(kind) < rankOf(after.kind) ? after.at + 1 : after.at, id: first }
}

const asText = (id: string) => id

const isBehind = (item: TimelinePlace, { at, id }: { at: number; id: string }) =>
  item.at < at || (item.at === at && item.id < id)

function runItems(runs: readonly CustomerEnrolment[]): (TimelineItem & { kind: 'run' })[] {
  const items = runs.flatMap((run) => [
    { kind: 'run' as const, at: run.startedAt, id: `${run.id} began`, what: 'began' as const, run },
    ...(run.endedAt === null
      ? []
      : [{ kind: 'run' as const, at: run.endedAt, id: `${run.id} ended`, what: 'ended' as const, run }]),
  ])
  return items.toSorted((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
}

/**
 * One page of everything that happened to a customer and those merged into it, newest first. Of the journeys, the last
 * 200 runs.
 */
export async function pageOfTimeline(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  { kinds, after, limit }: Wanted,
): Promise<TimelineItem[]> {
  const items: TimelineItem[] = []
  if (kinds.has('message')) {
    const place = placeIn('message', after, '', asText)
    const behindPlace = place && { createdAt: place.at, id: place.id }
    for (const message of await pageOfMessages(tx, workspaceId, customerId, behindPlace, limit))
      items.push({ kind: 'message', at: message.createdAt, id: message.id, message })
  }
  if (kinds.has('run')) {
    const place = placeIn('run', after, '', asText)
    const found = runItems(await readLastRuns(tx, workspaceId, customerId))
    items.push(...found.filter((item) => !place || isBehind(item, place)).slice(0, limit))
  }
  if (kinds.has('transition')) {
    const place = placeIn('transition', after, -1, Number)
    for (const transition of await transitionsBehind(tx, workspaceId, customerId, place, limit))
      items.push({ kind: 'transition', at: transition.at, id: String(transition.position), transition })
  }
  if (kinds.has('event')) {
    const place = placeIn('event', after, '', asText)
    const members = await memberIds(tx, workspaceId, customerId)
    const behindPlace = place && { at: place.at, messageId: place.id }
    for (const event of await pageOfEvents(tx, workspaceId, members, behindPlace, limit))
      items.push({ kind: 'event', at: event.at, id: event.id, event })
  }
  // The sort keeps the order of each kind as its query has it.
  return items
    .toSorted((one, other) => other.at - one.at || rankOf(other.kind) - rankOf(one.kind))
    .slice(0, limit)
}

/** So many of the newest events are looked through for what they tell of orders, and so many orders for their own. */
const LOOKED_THROUGH = 1_000
const ORDERS = 500

const ORDER_EVENTS: ReadonlySet<string> = new Set(['Order Completed', 'Order Updated'].map(canonicalName))

const isAboutOrder = ({ name }: { name: string | null }) =>
  name !== null && ORDER_EVENTS.has(canonicalName(name))

/**
 * The events of a customer that tell of orders as a whole, newest first: those by which the last orders came, and what
 * the newest events told of them since. By the key of the events, however long the history is.
 */
export async function readOrderEvents(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
): Promise<EventInput[]> {
  const { events, orders } = tx.tables
  const members = await memberIds(tx, workspaceId, customerId)
  const ofCustomer = and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, members))
  const newest = await tx
    .select({ at: events.at, name: events.name })
    .from(events)
    .where(ofCustomer)
    .orderBy(desc(events.at), desc(events.messageId))
    .limit(LOOKED_THROUGH)
  const ordered = await tx
    .select({ at: orders.at })
    .from(orders)
    .where(and(eq(orders.workspaceId, workspaceId), eq(orders.customerId, customerId)))
    .orderBy(desc(orders.at))
    .limit(ORDERS)
  const times = new Set([...newest.filter(isAboutOrder), ...ordered].map(({ at }) => at))
  if (times.size === 0) return []
  const rows = await tx
    .select()
    .from(events)
    .where(and(ofCustomer, inArray(events.at, [...times].slice(0, ORDERS))))
    .orderBy(desc(events.at), desc(events.messageId))
  return rows.filter(isAboutOrder).map(toInput)
}
