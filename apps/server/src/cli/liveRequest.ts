import { z } from 'zod'
import type { Config } from '../config.ts'
import { DATABASE_HEADER, databaseIdentity } from '../store/databaseIdentity.ts'
import { createTokens } from '../tokens.ts'
import type { Surroundings } from './surroundings.ts'

const TOKEN_LIFE = 5 * 60_000
const ForeignSchema = z.object({ code: z.literal('foreign-database') })

/** Sends a request as JSON, by whatever the server lets a command in with. */
export type LiveRequest = (path: string, init: RequestInit) => Promise<Response>

/** Whether the answer says that the server works on another database than the command was told to. */
export async function isForeign(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return ForeignSchema.safeParse(problem).success
}

/**
 * Requests by the local token, which stands for the command line in the audit; by the key where the server has another
 * secret, but never where it has another database.
 */
export function createLiveRequest(
  config: Config,
  { environment, now }: Pick<Surroundings, 'environment' | 'now'>,
  send: LiveRequest,
): LiveRequest {
  const tokens = createTokens(config.secret)
  const database = databaseIdentity(config.databaseUrl)
  // Whoever names no database means that of the server that knows the key.
  const named = environment['DATABASE_URL'] ? { [DATABASE_HEADER]: database } : {}
  // A token that is not known counts as a wrong key: it is not shown again and again.
  let isTokenKnown = true

  return async (path, init) => {
    const sendWith = async (key: string) => {
      const headers = new Headers(init.headers)
      const own = { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...named }
      for (const [name, value] of Object.entries(own)) headers.set(name, value)
      return await send(path, { ...init, headers })
    }
    const { secretKey } = config
    if (isTokenKnown || secretKey === undefined) {
      const response = await sendWith(tokens.sign('local', { x: now() + TOKEN_LIFE, d: database }))
      if (secretKey === undefined || response.status !== 401 || (await isForeign(response))) return response
      isTokenKnown = false
    }
    return await sendWith(secretKey)
  }
}
