import { messagesFor, OnsiteAnswerSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { expectValid } from '../expectValid.ts'
import type { IdentityTokens } from '../ingest/identityTokens.ts'
import { readJsonBody } from '../ingest/readBody.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { Limits } from '../limits/limits.ts'
import type { OnsiteCache } from '../onsite/onsiteCache.ts'
import { readProvenStage } from '../onsite/readProvenStage.ts'
import type { Store } from '../store/store.ts'
import { expectAllowedOrigin, readWriteKey, refuseMethod } from './readKey.ts'

/** Ids and a token: no more than a few hundred bytes. */
const BODY_BYTES = 16 * 1024

/** What a browser that is asked nothing of may leave out. What it says besides is not looked at. */
const RequestSchema = z.object({
  writeKey: z.string().optional(),
  anonymousId: z.string().max(512).nullish(),
  identityToken: z.string().max(8_000).nullish(),
  locale: z.string().max(100).nullish(),
})

export interface OnsiteAnswerRoutesOptions {
  store: Store
  now: () => number
  findKey: KeyGuard
  clientOf: ClientAddress
  limits: Limits
  identityTokens: IdentityTokens
  onsite: OnsiteCache
}

/** What the tracker asks for: the messages that this visitor may see. Nothing is stored by it. */
export function createOnsiteAnswerRoutes(options: OnsiteAnswerRoutesOptions): Hono {
  const { store, now, findKey, clientOf, limits, identityTokens, onsite } = options

  const stageOf = async (
    workspaceId: string,
    { identityToken, anonymousId }: z.infer<typeof RequestSchema>,
  ) => {
    const read = identityToken ? await identityTokens.read(workspaceId, identityToken) : undefined
    const proof = read?.ok ? read.proof : undefined
    return await store.read((tx) =>
      readProvenStage(tx, workspaceId, { proof, anonymousId: anonymousId ?? undefined }),
    )
  }

  const answer = async (context: Context): Promise<Response> => {
    const body = expectValid(RequestSchema, await readJsonBody(context.req.raw, { most: BODY_BYTES }), 'body')
    const client = clientOf(context)
    const key = await readWriteKey(findKey, context, body, client)
    expectAllowedOrigin(context, key)
    const { workspaceId } = key
    context.set('workspaceId', workspaceId)
    limits.charge({ client, key }, 1)
    const { messages, surroundings } = await onsite.liveOf(workspaceId)
    // Nobody is looked up where nobody's stage counts.
    const proven = messages.some(({ stages }) => stages.length > 0) ? await stageOf(workspaceId, body) : null
    const visitor = { locale: body.locale ?? null, proven }
    return context.json({ messages: messagesFor(messages, now(), visitor, surroundings) }, 200, {
      'cache-control': 'no-store',
    })
  }

  return new Hono()
    .post(
      '/v1/onsite',
      describeRoute({
        summary: 'What the tracker shows this visitor on the shop’s pages',
        description:
          'JSON as text/plain, so that no browser asks beforehand: `{ writeKey, anonymousId, identityToken?, locale? }`. A stage of the lifecycle counts only where the browser has proven who it is.',
        tags: ['onsite'],
        security: [],
        responses: {
          200: {
            description: 'The messages, the most important first',
            content: { 'application/json': { schema: resolver(OnsiteAnswerSchema) } },
          },
          401: { description: 'The write key is not known here' },
          403: { description: 'The key is not for pages of that origin' },
        },
      }),
      answer,
    )
    .all('/v1/onsite', refuseMethod)
}
