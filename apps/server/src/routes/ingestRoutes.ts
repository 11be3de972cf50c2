import type { EventInput, Source } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { CicloError, problemOf } from '../errors.ts'
import { cleanJson } from '../ingest/cleanJson.ts'
import type { IdentityTokens } from '../ingest/identityTokens.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem, IngestVerdict } from '../ingest/ingestItem.ts'
import { keepNetwork } from '../ingest/keepNetwork.ts'
import type { PageCounter } from '../pageCounts/pageCounter.ts'
import type { Proofs } from '../ingest/proofs.ts'
import { readJsonBody } from '../ingest/readBody.ts'
import { readWireEvent, type WireFrame } from '../ingest/wireEvent.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import { visitorAgent, type IsBot } from '../limits/createIsBot.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { Limits } from '../limits/limits.ts'
import { errorOf, longestOf, type Refusal } from '../limits/refusal.ts'
import type { OnsiteCache } from '../onsite/onsiteCache.ts'
import type { Store } from '../store/store.ts'
import { answerPreflight, openToAllOrigins } from './crossOrigin.ts'
import { describeIngest } from './describeIngest.ts'
import { createOnsiteAnswerRoutes } from './onsiteAnswerRoutes.ts'
import { expectAllowedOrigin, readKey, refuseMethod } from './readKey.ts'
import { createSettingsRoutes } from './settingsRoutes.ts'
import { createPageViewRoutes } from './pageCountRoutes.ts'
import { createPublicRecommendationRoutes } from './publicRecommendationRoutes.ts'
import { createVisitorCookieRoutes } from './visitorCookieRoutes.ts'

/**
 * Segment's routes, the short forms that browsers use, the older name of a batch that the libraries for Java, Ruby and
 * .NET still use, and the one to which RudderStack's browser client sends its beacons.
 */
const ROUTES = {
  batch: ['/v1/batch', '/v1/b', '/v1/import', '/beacon/v1/batch'],
  identify: ['/v1/identify', '/v1/i'],
  track: ['/v1/track', '/v1/t'],
  page: ['/v1/page', '/v1/p'],
  screen: ['/v1/screen', '/v1/s'],
  group: ['/v1/group', '/v1/g'],
  alias: ['/v1/alias', '/v1/a'],
} as const

/** Segment's limit of events in one request. */
const BATCH_EVENTS = 2_500

/** The most that a batch's context may come to in all, copied into each of its events. */
const SHARED_CONTEXT_BYTES = 4 * 1024 * 1024

type Body = Record<string, unknown>

function bagOf(value: unknown): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {}
}

/** What of a batch is not stored, beside the rest that is. */
interface Rejected {
  index: number
  /** Null where the event has none that could be its own. */
  messageId: string | null
  code: 'bad-request' | 'too-large' | Refusal['code']
  message: string
}

/** Answered 200, whatever else there was: to send it again would be to ask again. */
const TRACKING_REFUSED = {
  code: 'tracking-refused',
  message:
    'Not stored: who this is about has refused to be tracked, or has not been asked; do not send it again',
} as const

/** Told to the shop's own server only: nobody else may learn whom it has forgotten. */
const ERASED = {
  code: 'erased',
  message: 'Not stored: the customer was erased after this happened; do not send it again',
} as const

/** What is not stored, for whatever reason, beside others that are. */
type Left = Omit<Rejected, 'code'> & {
  code: Rejected['code'] | (typeof TRACKING_REFUSED)['code'] | (typeof ERASED)['code']
}

export interface IngestRoutesOptions {
  ingest: Ingest
  now: () => number
  newMessageId: () => string
  findKey: KeyGuard
  clientOf: ClientAddress
  limits: Limits
  isBot: IsBot
  pageCounter: PageCounter
  proofs: Proofs
  identityTokens: IdentityTokens
  store: Store
  onsite: OnsiteCache
  publicUrl: () => string
  /** Told of each event that is not stored, beside others of its batch that are. */
  onRejected: (code: Left['code']) => void
}

export function createIngestRoutes(options: IngestRoutesOptions): Hono {
  const { ingest, now, newMessageId, findKey, clientOf, limits, isBot, proofs, onsite } = options
  const routes = new Hono()
  for (const path of ['/v1/*', '/beacon/*']) {
    routes.options(path, answerPreflight)
    routes.use(path, openToAllOrigins)
  }

  const accept = async (context: Context, type: keyof typeof ROUTES): Promise<Response> => {
    const body = bodyOf(await readJsonBody(context.req.raw))
    const client = clientOf(context)
    const key = await readKey(findKey, context, body, client)
    expectAllowedOrigin(context, key)
    context.set('workspaceId', key.workspaceId)
    const source: Source = key.kind === 'secret' ? 'secret' : 'public'
    const events = type === 'batch' ? batchOf(body) : [{ ...body, type }]
    limits.charge({ client, key }, events.length)
    const frame: WireFrame = {
      source,
      receivedAt: now(),
      sentAt: body['sentAt'],
      context: type === 'batch' ? sharedContext(body, events.length) : {},
      newMessageId,
    }
    const { placed, rejected } = readEvents(events, frame)
    const [wrong] = rejected
    if (placed.length === 0 && wrong) return refuseAll(context, wrong, type === 'batch' ? rejected : [])
    // A shop's server is a program itself: only what it says of a visitor counts.
    const sender = source === 'public' ? visitorAgent(context.req.header('user-agent')) : undefined
    for (const { input } of placed) {
      if (isBot(input.event.context['userAgent'] ?? sender)) input.event.bot = true
      keepNetwork(input, client.address)
    }

    const refusals = limits.refusalsOf(
      { client, key },
      placed.map(({ input }) => input),
    )
    if (refusals.size > 0 && refusals.size === placed.length) throw errorOf(longestOf(refusals.values()))
    const within = placed.filter((_, place) => !refusals.has(place))
    const { items, unproven } = await proofs.check(
      key.workspaceId,
      within.map(({ input }) => input),
    )
    const verdicts = await ingest.submit(withGpc(items, source, context.req.header('sec-gpc')))
    const left: Left[] = [
      ...rejected,
      ...placed.flatMap((one, place) => leftOut(one, refusals.get(place))),
      ...within.flatMap((one, place) => leftOut(one, unwanted(verdicts[place], source))),
    ]
    for (const { code } of left) options.onRejected(code)
    const warnings = unproven.map(({ input, code, message }) => ({ messageId: input.id, code, message }))
    // Then the tracker loads what shows messages: no other shop's pages pay for it.
    const isShowing = type === 'batch' && source === 'public' && (await onsite.isShowing(key.workspaceId))
    return context.json({
      success: true,
      ...(isShowing ? { onsite: true } : {}),
      ...(left.length > 0 ? { rejected: left } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    })
  }

  for (const [type, paths] of Object.entries(ROUTES) as [keyof typeof ROUTES, readonly string[]][]) {
    // Some libraries end the path with a slash, and some hosts are configured with one.
    for (const path of paths.flatMap((plain) => [plain, `${plain}/`, `/${plain}`])) {
      const handle = (context: Context) => accept(context, type)
      if (path === paths[0]) routes.post(path, describeIngest(type), handle)
      else routes.post(path, handle)
      routes.all(path, refuseMethod)
    }
  }
  routes.route('/', createOnsiteAnswerRoutes(options))
  routes.route('/', createVisitorCookieRoutes(options))
  routes.route('/', createPageViewRoutes(options))
  routes.route('/', createPublicRecommendationRoutes(options))
  routes.route('/', createSettingsRoutes(options))
  return routes
}

/** An event, and where it stands in its batch. */
interface Placed {
  index: number
  input: EventInput
}

/** The events that can be read, and what is wrong with the others. */
function readEvents(events: readonly unknown[], frame: WireFrame) {
  const placed: Placed[] = []
  const rejected: Rejected[] = []
  for (const [index, raw] of events.entries()) {
    const read = readWireEvent(raw, frame)
    if (read.ok) placed.push({ index, input: read.input })
    else rejected.push({ index, messageId: messageIdOf(raw), code: read.code, message: read.message })
  }
  return { placed, rejected }
}

/** Nothing in the request was good: the first of what is wrong stands for all, and a batch is told of each. */
function refuseAll(context: Context, first: Rejected, rejected: readonly Rejected[]): Response {
  const message = rejected.length > 1 ? `Every event is wrong: ${first.message}` : first.message
  const error = new CicloError(first.code === 'too-large' ? 'too-large' : 'bad-request', message)
  if (rejected.length === 0) throw error
  return context.json({ ...problemOf(error), rejected }, error.status, {
    'content-type': 'application/problem+json',
  })
}

type Reason = Pick<Left, 'code' | 'message'>

const leftOut = ({ index, input }: Placed, reason: Reason | undefined): Left[] =>
  reason ? [{ index, messageId: input.id, code: reason.code, message: reason.message }] : []

function unwanted(verdict: IngestVerdict | undefined, source: Source): Reason | undefined {
  if (verdict === 'refused') return TRACKING_REFUSED
  return verdict === 'erased' && source === 'secret' ? ERASED : undefined
}

/** Global Privacy Control, as the browser says it in its header or the page in the event's context. */
function withGpc(
  items: readonly IngestItem[],
  source: Source,
  header: string | undefined,
): readonly IngestItem[] {
  if (source !== 'public') return items
  return items.map((item) =>
    header === '1' || (item.input.kind === 'event' && item.input.event.context['gpc'] === true)
      ? { ...item, gpc: true }
      : item,
  )
}

function bodyOf(body: unknown): Body {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body
  throw new CicloError('bad-request', 'The body is not a JSON object')
}

function messageIdOf(raw: unknown): string | null {
  const id = bagOf(raw)['messageId']
  return typeof id === 'string' && id !== '' && id.length <= 100 ? id : null
}

/** The context of all events. A large one would be copied, measured and kept as often as there are events. */
function sharedContext({ context }: Body, events: number): Body {
  const clean = cleanJson(bagOf(context))
  if (!clean.ok) throw new CicloError('bad-request', clean.message.replace('event', 'context'))
  const shared = bagOf(clean.value)
  const size = Buffer.byteLength(JSON.stringify(shared))
  if (size * events <= SHARED_CONTEXT_BYTES) return shared
  throw new CicloError(
    'too-large',
    `context: given ${size} bytes for each of ${events} events, expected at most ${SHARED_CONTEXT_BYTES} in all`,
  )
}

function batchOf(body: Body): unknown[] {
  const { batch } = body
  if (!Array.isArray(batch)) throw new CicloError('bad-request', 'batch: expected an array of events')
  if (batch.length > BATCH_EVENTS) {
    throw new CicloError('too-large', `batch: given ${batch.length} events, expected at most ${BATCH_EVENTS}`)
  }
  return batch
}
