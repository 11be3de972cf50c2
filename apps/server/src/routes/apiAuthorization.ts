import { createMiddleware } from 'hono/factory'
import { CicloError } from '../errors.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import { DATABASE_HEADER } from '../store/databaseIdentity.ts'
import type { Tokens } from '../tokens.ts'

/** What every API route knows of its caller. */
export interface ApiEnvironment {
  Variables: {
    workspaceId: string
    /** Whoever calls, as the audit names it: `key <prefix>`, or `cli` for the local token. */
    actor: string
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
}

/** `Authorization: Bearer <secret key>`, or a short-lived token of the local CLI. */
export function createApiAuthorization(options: ApiAuthorizationOptions) {
  const { clientOf, findKey, tokens, now, database, firstWorkspaceId } = options
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const key = /^Bearer\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (key === undefined) {
      throw new CicloError('unknown-key', 'No key was given: expected "Authorization: Bearer <secret key>"')
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
    context.set('workspaceId', workspaceId)
    context.set('actor', record ? `key ${record.prefix}` : 'cli')
    await next()
  })
}
