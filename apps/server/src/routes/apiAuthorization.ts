import { createMiddleware } from 'hono/factory'
import type { FindSession, Session } from '../access/session.ts'
import { CicloError } from '../errors.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import { DATABASE_HEADER } from '../store/databaseIdentity.ts'
import type { Tokens } from '../tokens.ts'
import { PEOPLE_ONLY, PERMISSIONS, routeOf } from './permissions.ts'
import { requireSameOrigin } from './sameOrigin.ts'

/** What every API route knows of its caller. */
export interface ApiEnvironment {
  Variables: {
    workspaceId: string
    /** Whoever calls, as the audit names it: `key <prefix>`, `user <id>`, or `cli` for the local token. */
    actor: string
    /** The person who calls, where it is one. */
    session: Session | undefined
  }
}

export interface ApiAuthorizationOptions {
  clientOf: ClientAddress
  findKey: KeyGuard
  tokens: Tokens
  now: () => number
  /** Of the database that this server works on: `databaseIdentity`. */
  database: string
  /** The workspace of the local token: the CLI on the machine that knows the signing secret. */
  firstWorkspaceId: () => Promise<string | undefined>
  findSession: FindSession
  /** Ciclo's own address, without a slash at the end. */
  publicUrl: () => string
}

/** Throws `forbidden` where the session's role may not. What is not there at all is told to everybody. */
function expectPermission(route: string | undefined, { role }: Session): void {
  if (route === undefined || PERMISSIONS[route]?.includes(role)) return
  const allowed = PERMISSIONS[route]
  throw new CicloError(
    'forbidden',
    allowed
      ? `This is not for the role ${role}, only for: ${allowed.join(', ')}`
      : `${route} is open to no role: it has no row in the permissions`,
  )
}

/** `Authorization: Bearer <secret key>`, a short-lived token of the local CLI, or a session of the studio. */
export function createApiAuthorization(options: ApiAuthorizationOptions) {
  const { clientOf, findKey, tokens, now, database, firstWorkspaceId, findSession, publicUrl } = options
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const key = /^Bearer\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (key === undefined) {
      const session = await findSession(context.req.raw)
      if (!session)
        throw new CicloError('unknown-key', 'No key was given: expected "Authorization: Bearer <secret key>"')
      requireSameOrigin(context, publicUrl())
      expectPermission(routeOf(context), session)
      context.set('session', session)
      context.set('workspaceId', session.workspaceId)
      context.set('actor', `user ${session.user.id}`)
      return await next()
    }
    const local = tokens.verify('local', key)
    const record = local ? undefined : await findKey(key, clientOf(context))
    const workspaceId = local && local.x > now() ? await firstWorkspaceId() : record?.workspaceId
    if (workspaceId === undefined)
      throw new CicloError('unknown-key', 'The key is not known here, or was revoked')
    const meant = local ? local.d : context.req.header(DATABASE_HEADER)
    if (meant !== undefined && meant !== database) {
      throw new CicloError(
        'foreign-database',
        'This server works on another database than the one that the command was given: expected the same DATABASE_URL',
      )
    }
    if (record?.kind === 'write') {
      throw new CicloError(
        'forbidden',
        'A write key was given, expected a secret key: a write key only sends events',
      )
    }
    const route = routeOf(context)
    if (record && route !== undefined && PEOPLE_ONLY.has(route)) {
      throw new CicloError(
        'forbidden',
        'A secret key was given, expected a person: this is done in the studio, or by the command line on the server',
      )
    }
    context.set('session', undefined)
    context.set('workspaceId', workspaceId)
    context.set('actor', record ? `key ${record.prefix}` : 'cli')
    return await next()
  })
}
