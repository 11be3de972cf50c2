import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { openAPIRouteHandler } from 'hono-openapi'
import type { Logger } from 'pino'
import { CicloError, problemOf, type ErrorCode } from './errors.ts'
import { notFoundPage } from './pages/notFoundPage.ts'
import { PAGE_CSP } from './pages/page.ts'
import { PAGE_STYLE } from './pages/pageStyle.ts'
import type { ApiEnvironment } from './routes/apiAuthorization.ts'
import type { createApiAuthorization } from './routes/apiAuthorization.ts'
import { createRequestWatch, type Answered, type RequestVariables } from './watchRequests.ts'

export interface AppParts {
  log: Logger
  /** Told of every answer: never with the path or query themselves, where tokens and addresses stand. */
  onAnswered: (answered: Answered) => void
  /** Told of every request that is answered with an error, by its code. */
  onRefused: (code: ErrorCode) => void
  authorization: ReturnType<typeof createApiAuthorization>
  /** Its answers are for programs only: they bring the headers that they need. */
  ingest: Hono
  /** Routes that bring their own paths. */
  open: readonly Hono[]
  /** Whether an error says that the store is away, so that the same request may succeed later. */
  isStoreAway: (error: unknown) => boolean
  /** Routes below /api, by their path: only for who has the secret key. */
  api: Readonly<Record<string, Hono<ApiEnvironment>>>
}

/** The whole HTTP face: security headers, request ids, one place for errors, and the routes. */
export function createApp({
  log,
  onAnswered,
  onRefused,
  ingest,
  authorization,
  open,
  api,
  isStoreAway,
}: AppParts): Hono<{ Variables: RequestVariables }> {
  const app = new Hono<{ Variables: RequestVariables }>()

  app.use(createRequestWatch({ log, onAnswered }))
  app.use(requestId({ limitLength: 64 }))
  app.route('/', ingest)
  app.use(
    secureHeaders({
      crossOriginResourcePolicy: false,
      crossOriginOpenerPolicy: false,
      // Behind a TLS proxy the proxy says so; on plain loopback it would lock the developer out.
      strictTransportSecurity: false,
      // Below: pages whose address is a secret say another one.
      referrerPolicy: false,
    }),
  )
  app.use(async (context, next) => {
    await next()
    if (!context.res.headers.has('content-security-policy'))
      context.header('content-security-policy', PAGE_CSP)
    if (!context.res.headers.has('referrer-policy'))
      context.header('referrer-policy', 'strict-origin-when-cross-origin')
  })

  app.onError((thrown, context) => {
    const error =
      thrown instanceof CicloError
        ? thrown
        : isStoreAway(thrown)
          ? new CicloError('store-unavailable', 'The store does not answer; try again', { cause: thrown })
          : new CicloError('internal', 'Something went wrong here', { cause: thrown })
    onRefused(error.code)
    context.set('code', error.code)
    if (error.status >= 500) context.set('fault', thrown)
    if (error.status === 429 || error.status === 503) context.header('retry-after', String(error.retryAfter))
    const problem = { ...problemOf(error), requestId: context.get('requestId') }
    return context.json(problem, error.status, { 'content-type': 'application/problem+json' })
  })
  app.notFound((context) => {
    const isForPrograms = /^\/(api|v1)(\/|$)/.test(context.req.path)
    if (!isForPrograms && context.req.header('accept')?.includes('text/html')) {
      return context.html(notFoundPage(), 404)
    }
    const error = new CicloError('not-found', `There is nothing at ${context.req.method} ${context.req.path}`)
    const problem = { ...problemOf(error), requestId: context.get('requestId') }
    return context.json(problem, 404, { 'content-type': 'application/problem+json' })
  })

  app.get('/assets/page.css', (context) =>
    context.body(PAGE_STYLE, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'max-age=300',
    }),
  )
  for (const routes of open) app.route('/', routes)
  const protectedApi = new Hono<ApiEnvironment>()
  protectedApi.use(authorization)
  protectedApi.use(async (context, next) => {
    // No text that is stored holds one, and PostgreSQL fails at the mere question.
    if (context.req.url.includes('%00'))
      throw new CicloError('bad-request', 'The address holds a NUL (%00), expected text without')
    await next()
  })
  for (const [path, routes] of Object.entries(api)) protectedApi.route(path, routes)
  app.get(
    '/api/openapi.json',
    openAPIRouteHandler(app, {
      documentation: {
        info: { title: 'Ciclo', version: '0.1.0', description: 'Errors are RFC 9457 problem+json.' },
        components: {
          securitySchemes: {
            secretKey: { type: 'http', scheme: 'bearer' },
            basicKey: { type: 'http', scheme: 'basic' },
          },
        },
        security: [{ secretKey: [] }],
      },
    }),
  )
  app.route('/api', protectedApi)
  return app
}
