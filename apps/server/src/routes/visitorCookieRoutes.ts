import { Hono, type Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { expectValid } from '../expectValid.ts'
import { readJsonBody } from '../ingest/readBody.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { Limits } from '../limits/limits.ts'
import { expectAllowedOrigin, readWriteKey, refuseMethod } from './readKey.ts'
import { visitorCookie } from './visitorCookie.ts'

const BODY_BYTES = 4 * 1024

const RequestSchema = z.object({
  writeKey: z.string().optional(),
  anonymousId: z.string().regex(/^[\w-]{1,64}$/, {
    message: 'expected 1 to 64 letters, digits, hyphens and underscores',
  }),
})

export interface VisitorCookieRoutesOptions {
  findKey: KeyGuard
  clientOf: ClientAddress
  limits: Limits
}

/** Sets the visitor's id as a cookie of the shop's own site, which browsers keep longer than what a script sets. */
export function createVisitorCookieRoutes({ findKey, clientOf, limits }: VisitorCookieRoutesOptions): Hono {
  const setCookie = async (context: Context): Promise<Response> => {
    const body = expectValid(RequestSchema, await readJsonBody(context.req.raw, { most: BODY_BYTES }), 'body')
    const client = clientOf(context)
    const key = await readWriteKey(findKey, context, body, client)
    expectAllowedOrigin(context, key)
    context.set('workspaceId', key.workspaceId)
    limits.charge({ client, key }, 1)
    const origin = context.req.header('origin')
    const { hostname } = new URL(context.req.url)
    const cookie = visitorCookie({ origin, hostname, anonymousId: body.anonymousId })
    context.header('set-cookie', cookie)
    context.header('cache-control', 'no-store')
    // Where a cookie is let in, no browser takes the answer that is for everybody.
    context.header('access-control-allow-origin', origin)
    context.header('access-control-allow-credentials', 'true')
    context.header('vary', 'Origin')
    return context.body(null, 204)
  }

  return new Hono()
    .post(
      '/v1/cookie',
      describeRoute({
        summary:
          'Sets the visitor’s id as a first-party cookie, for pages of the site that this server is on',
        description: 'JSON as text/plain, sent with credentials: `{ writeKey, anonymousId }`.',
        tags: ['events'],
        security: [],
        responses: {
          204: { description: 'The cookie `ciclo_id` is set for the whole site' },
          400: { description: 'The id is none' },
          401: { description: 'The write key is not known here' },
          403: { description: 'The page is of another site, or one that the key is not for' },
        },
      }),
      setCookie,
    )
    .all('/v1/cookie', refuseMethod)
}
