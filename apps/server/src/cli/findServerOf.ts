import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { CicloError } from '../errors.ts'
import { isSqliteInUse } from '../store/isSqliteInUse.ts'
import { sqlitePath } from '../store/openStore.ts'
import { createLiveRequest, isForeign, type LiveRequest } from './liveRequest.ts'
import type { Surroundings } from './surroundings.ts'

const PROBE_TIMEOUT = 3_000

const HealthSchema = z.object({ status: z.literal('ok') })

export interface LiveServer {
  url: string
  request: LiveRequest
}

async function isAlive(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT) })
    return response.ok && HealthSchema.safeParse(await response.json()).success
  } catch {
    return false
  }
}

/** The address of a running server, of whatever database, or undefined where none answers. */
async function findLiveServer({ publicUrl, host, port }: Config): Promise<string | undefined> {
  // What listens everywhere is reached on loopback.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const local = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
  for (const url of publicUrl === undefined ? [local] : [publicUrl, local]) if (await isAlive(url)) return url
  return undefined
}

/** The answer of an API that changes nothing; undefined where there was none, which says nothing either. */
async function ask(request: LiveRequest): Promise<Response | undefined> {
  try {
    return await request('/api/consent-policy', { signal: AbortSignal.timeout(PROBE_TIMEOUT) })
  } catch {
    return undefined
  }
}

/**
 * The running server that works on the database of the configuration, or undefined where there is none and the database
 * may be opened by the command itself. One that does not let the command in is found, too: its answers say why.
 *
 * Throws `bad-configuration` where only the server of another database answers, and this one cannot be opened: others
 * use it, or it is not a file of which that could be told.
 */
export async function findServerOf(
  config: Config,
  surroundings: Surroundings,
): Promise<LiveServer | undefined> {
  const url = await findLiveServer(config)
  if (url === undefined) return undefined
  const request = createLiveRequest(config, surroundings, (path, init) => fetch(url + path, init))
  const answer = await ask(request)
  if (answer === undefined || !(await isForeign(answer))) return { url, request }
  const { databaseUrl } = config
  const path = databaseUrl.startsWith('file:') ? sqlitePath(databaseUrl) : undefined
  if (path !== undefined && !(existsSync(path) && isSqliteInUse(path))) return undefined
  throw new CicloError(
    'bad-configuration',
    `DATABASE_URL: the server on ${url} works on another database than ${path ?? 'this one'}` +
      `${path === undefined ? '' : ', which another process uses'}; expected PORT and PUBLIC_URL of the server of this ` +
      'database, or DATABASE_URL exactly as the server has it',
  )
}
