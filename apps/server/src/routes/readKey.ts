import type { Context } from 'hono'
import { CicloError } from '../errors.ts'
import { keysIn } from '../ingest/keysIn.ts'
import type { Client } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { KeyRecord } from '../store/queries/workspaces.ts'

type Body = Readonly<Record<string, unknown>>

/** The key of a request: the first that is known of those that it carries. Throws `unknown-key`. */
export async function readKey(
  findKey: KeyGuard,
  context: Context,
  body: Body,
  client: Client,
): Promise<KeyRecord> {
  const candidates = keysIn(context.req.header('authorization'), context.req.query('writeKey'), body)
  const last = candidates.pop()
  if (last === undefined) {
    throw new CicloError(
      'unknown-key',
      'No key was given: expected one as Basic user, as writeKey in the body or query',
    )
  }
  for (const candidate of candidates) {
    try {
      return await findKey(candidate, client)
    } catch (error) {
      if (!(error instanceof CicloError && error.code === 'unknown-key')) throw error
    }
  }
  return await findKey(last, client)
}

/** The same of what only browsers ask for: a secret key is as unknown as a wrong one, for it must be in no page. */
export async function readWriteKey(...given: Parameters<typeof readKey>): Promise<KeyRecord> {
  const key = await readKey(...given)
  if (key.kind === 'write') return key
  throw new CicloError('unknown-key', 'The key is not known here, or was revoked')
}

/**
 * A write key is public: whoever has read it on the shop's pages may put it on others. A browser says on whose page it
 * is; a program says nothing, and may say anything, so that this keeps out mistakes and copies, not forgery.
 */
export function expectAllowedOrigin(context: Context, { kind, origins }: KeyRecord): void {
  const origin = context.req.header('origin')
  if (kind !== 'write' || origins.length === 0 || origin === undefined || origins.includes(origin)) return
  throw new CicloError(
    'forbidden',
    `Events of a page of ${origin} are not taken with this write key: expected one of the setting allowedOrigins`,
  )
}

export function refuseMethod(context: Context): never {
  context.header('allow', 'POST, OPTIONS')
  throw new CicloError(
    'method-not-allowed',
    `${context.req.path}: given ${context.req.method}, expected POST`,
  )
}
