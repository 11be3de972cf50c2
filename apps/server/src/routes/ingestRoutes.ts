import type { EventInput, Source } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { readJsonBody } from '../ingest/readBody.ts'
import { readWireEvent, type WireFrame } from '../ingest/wireEvent.ts'
import type { Keys } from '../keys.ts'

/** Segment's routes, and the short forms that browsers use. */
const ROUTES = {
  batch: ['batch', 'b'],
  identify: ['identify', 'i'],
  track: ['track', 't'],
  page: ['page', 'p'],
  screen: ['screen', 's'],
  group: ['group', 'g'],
  alias: ['alias', 'a'],
} as const

/** Segment's limit of events in one request. */
const BATCH_EVENTS = 2_500

/** The most that a batch's context may come to in all, copied into each of its events. */
const SHARED_CONTEXT_BYTES = 4 * 1024 * 1024

type Body = Record<string, unknown>

/** The user of Basic authorization; Segment's clients sometimes leave out the colon. */
function basicUser(header: string | undefined): string | undefined {
  const encoded = /^Basic\s+(.+)$/i.exec(header ?? '')?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]
}

function keyOf(context: Context, body: Body): string {
  const candidates = [
    basicUser(context.req.header('authorization')),
    body['writeKey'],
    context.req.query('writeKey'),
    (body['batch'] as Body[] | undefined)?.[0]?.['writeKey'],
  ]
  const key = candidates.find((candidate) => typeof candidate === 'string' && candidate !== '')
  if (typeof key !== 'string') {
    throw new CicloError(
      'unknown-key',
      'No key was given: expected one as Basic user, as writeKey in the body or query',
    )
  }
  return key
}

function bagOf(value: unknown): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {}
}

export interface IngestRoutesOptions {
  keys: Keys
  ingest: Ingest
  now: () => number
  newMessageId: () => string
}

export function createIngestRoutes({ keys, ingest, now, newMessageId }: IngestRoutesOptions): Hono {
  const routes = new Hono()
  routes.options(
    '/v1/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['authorization', 'content-type', 'x-retry-count'],
      maxAge: 86_400,
    }),
  )
  // Hono's own middleware makes every answer a web Response to change its headers: that costs as much as an event does.
  routes.post('/v1/*', async (context, next) => {
    context.header('access-control-allow-origin', '*')
    // A shop on another origin may read how long to wait.
    context.header('access-control-expose-headers', 'retry-after')
    context.header('x-content-type-options', 'nosniff')
    await next()
  })

  const accept = async (context: Context, eventsOf: (body: Body) => unknown[]): Promise<Response> => {
    const body = await readJsonBody(context.req.raw)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new CicloError('bad-request', 'The body is not a JSON object')
    }
    const record = await keys.find(keyOf(context, body as Body))
    if (!record) throw new CicloError('unknown-key', 'The key is not known here, or was revoked')
    const source: Source = record.kind === 'secret' ? 'secret' : 'public'
    const events = eventsOf(body as Body)
    const frame: WireFrame = {
      source,
      receivedAt: now(),
      sentAt: (body as Body)['sentAt'],
      context: sharedContext(body as Body, events.length),
      newMessageId,
    }
    const inputs: EventInput[] = []
    const rejected: { index: number; code: 'bad-request' | 'too-large'; message: string }[] = []
    for (const [index, raw] of events.entries()) {
      const read = readWireEvent(raw, frame)
      if (read.ok) inputs.push(read.input)
      else rejected.push({ index, code: read.code, message: read.message })
    }
    const [first] = rejected
    if (inputs.length === 0 && first) {
      throw new CicloError(
        first.code,
        rejected.length === 1 ? first.message : `Every event is wrong: ${first.message}`,
      )
    }
    await ingest.submit(inputs.map((input) => ({ workspaceId: record.workspaceId, input })))
    return context.json({ success: true, ...(rejected.length > 0 ? { rejected } : {}) })
  }

  for (const [type, paths] of Object.entries(ROUTES)) {
    for (const path of paths) {
      routes.post(`/v1/${path}`, (context) =>
        accept(context, (body) => (type === 'batch' ? batchOf(body) : [{ ...body, type }])),
      )
    }
  }
  return routes
}

/** The context of all events. A large one would be copied, measured and kept as often as there are events. */
function sharedContext({ context }: Body, events: number): Body {
  const shared = bagOf(context)
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
