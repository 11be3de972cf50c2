import { Hono, type Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { expectValid } from '../expectValid.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { Limits } from '../limits/limits.ts'
import { recommend } from '../recommendations/recommend.ts'
import type { Store } from '../store/store.ts'
import { idsIn, presentRecommendation } from './presentRecommendation.ts'
import { expectAllowedOrigin, readWriteKey } from './readKey.ts'
import { PublicRecommendationQuerySchema, RecommendationsSchema } from './recommendationSchemas.ts'

/** Pages ask again and again for the same: seconds. */
const KEPT = 300

export interface PublicRecommendationOptions {
  store: Store
  now: () => number
  findKey: KeyGuard
  clientOf: ClientAddress
  limits: Limits
}

/**
 * What the shop's own pages show: `GET /v1/recommendations?writeKey=&productId=`. Nothing of any customer: the same for
 * everybody, and kept by browsers for five minutes.
 */
export function createPublicRecommendationRoutes(options: PublicRecommendationOptions): Hono {
  const { store, now, findKey, clientOf, limits } = options
  const answer = async (context: Context): Promise<Response> => {
    const client = clientOf(context)
    const key = await readWriteKey(findKey, context, {}, client)
    expectAllowedOrigin(context, key)
    limits.charge({ client, key }, 1)
    const { productId, kind, limit } = expectValid(
      PublicRecommendationQuerySchema,
      context.req.query(),
      'query',
    )
    const found = await store.read((tx) =>
      recommend(tx, key.workspaceId, { productIds: idsIn(productId), kind, limit, now: now() }),
    )
    context.header('cache-control', `public, max-age=${KEPT}`)
    return context.json({ recommendations: found.map(presentRecommendation) })
  }
  return new Hono().get(
    '/v1/recommendations',
    describeRoute({
      tags: ['ingest'],
      summary: 'Products to show beside others, for the pages of the shop: with the write key in the query',
      responses: {
        200: {
          description: 'The best first, each with its reason',
          content: { 'application/json': { schema: resolver(RecommendationsSchema) } },
        },
      },
    }),
    answer,
  )
}
