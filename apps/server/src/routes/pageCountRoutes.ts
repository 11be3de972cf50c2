import { Hono, type Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { expectValid } from '../expectValid.ts'
import { readJsonBody } from '../ingest/readBody.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import { visitorAgent, type IsBot } from '../limits/createIsBot.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { Limits } from '../limits/limits.ts'
import { dayOf, type PageCounter } from '../pageCounts/pageCounter.ts'
import { PageViewRequestSchema, readPageView } from '../pageCounts/readPageView.ts'
import { listPageCounts } from '../store/queries/pageCounts.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import { expectAllowedOrigin, readWriteKey, refuseMethod } from './readKey.ts'

const BODY_BYTES = 16 * 1024

export interface PageViewRoutesOptions {
  pageCounter: PageCounter
  findKey: KeyGuard
  clientOf: ClientAddress
  limits: Limits
  isBot: IsBot
}

/** Counts a page of a visitor who has not agreed to more. Neither cookie nor address nor browser is kept or looked at. */
export function createPageViewRoutes({
  pageCounter,
  findKey,
  clientOf,
  limits,
  isBot,
}: PageViewRoutesOptions): Hono {
  const count = async (context: Context): Promise<Response> => {
    const body = expectValid(
      PageViewRequestSchema,
      await readJsonBody(context.req.raw, { most: BODY_BYTES }),
      'body',
    )
    const client = clientOf(context)
    const key = await readWriteKey(findKey, context, body, client)
    expectAllowedOrigin(context, key)
    context.set('workspaceId', key.workspaceId)
    limits.charge({ client, key }, 1)
    const refuses = context.req.header('sec-gpc') === '1'
    if (!refuses && !isBot(visitorAgent(context.req.header('user-agent'))))
      pageCounter.count(key.workspaceId, readPageView(body, context.req.header('origin')))
    return context.body(null, 204)
  }

  return new Hono()
    .post(
      '/v1/count',
      describeRoute({
        summary: 'Counts a page view of a visitor who has not agreed to be recognised',
        description:
          'JSON as text/plain: `{ writeKey, path, referrer?, campaign? }`. Nothing about the visitor is kept; not counted under Global Privacy Control, and not for robots.',
        tags: ['events'],
        security: [],
        responses: {
          204: { description: 'Counted, or not to be counted' },
          400: { description: 'There is no path' },
          401: { description: 'The write key is not known here' },
          403: { description: 'The key is not for pages of that origin' },
        },
      }),
      count,
    )
    .all('/v1/count', refuseMethod)
}

const describe = describer('events', 'There is no such count')

const day = z.iso.date({ error: 'expected a day such as 2026-11-23' })

const QuerySchema = z.object({
  from: day.optional(),
  to: day.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

const PageCountsSchema = z.object({
  from: day,
  to: day,
  pages: z.array(
    z.object({
      day,
      path: z.string(),
      referrer: z.string(),
      campaign: z.string(),
      views: z.number().int(),
    }),
  ),
})

export interface PageCountRoutesOptions {
  store: Store
  now: () => number
  counter: PageCounter
}

const DAYS = 28 * 86_400_000

/** What was counted, day by day. */
export function createPageCountRoutes({ store, now, counter }: PageCountRoutesOptions) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe(
      'The pages that visitors saw who have not agreed to be recognised: newest days first, the last 28 if none are named',
      PageCountsSchema,
    ),
    query(QuerySchema),
    async (context) => {
      const { limit, ...asked } = context.req.valid('query')
      const { to = dayOf(now()), from = dayOf(now() - DAYS) } = asked
      await counter.flush()
      const pages = await store.read((tx) =>
        listPageCounts(tx, context.get('workspaceId'), { from, to, limit }),
      )
      return context.json({ from, to, pages } satisfies z.infer<typeof PageCountsSchema>)
    },
  )
}
