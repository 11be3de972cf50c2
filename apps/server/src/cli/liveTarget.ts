import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { CicloError } from '../errors.ts'
import type { ImportedOrder } from '../importOrders.ts'
import { createTokens } from '../tokens.ts'
import type { ImportCounts, ImportTarget } from './importTarget.ts'
import type { Surroundings } from './surroundings.ts'

const PROBE_TIMEOUT = 3_000
const REQUEST_TIMEOUT = 60_000
const TOKEN_LIFE = 5 * 60_000
/** A server that restarts is back within these: half a second, then twice as long each time. */
const TRIES = 8
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000

const HealthSchema = z.object({ status: z.literal('ok') })
const CountsSchema = z.object({
  applied: z.number(),
  duplicate: z.number(),
  parked: z.number(),
  erased: z.number(),
})
const ProblemSchema = z.object({ detail: z.string() })

async function isAlive(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT) })
    return response.ok && HealthSchema.safeParse(await response.json()).success
  } catch {
    return false
  }
}

/** The address of a running server with this configuration, or undefined where none answers. */
export async function findLiveServer({ publicUrl, host, port }: Config): Promise<string | undefined> {
  // What listens everywhere is reached on loopback.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const local = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
  for (const url of publicUrl === undefined ? [local] : [publicUrl, local]) if (await isAlive(url)) return url
  return undefined
}

/** Sends orders to a live server, again where it cannot take them just now: an order counts once however often it is sent. */
export function openLiveTarget(url: string, config: Config, { now, warn }: Surroundings): ImportTarget {
  const tokens = createTokens(config.secret)
  const keyOf = () => config.secretKey ?? tokens.sign('local', { x: now() + TOKEN_LIFE })

  const post = async (orders: readonly ImportedOrder[]): Promise<Response | string> => {
    try {
      return await fetch(`${url}/api/import/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf()}` },
        body: JSON.stringify({ orders }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT),
      })
    } catch (error) {
      const { message, cause } = error as Error
      return cause instanceof Error ? `${message} (${cause.message})` : message
    }
  }

  const explain = async (response: Response): Promise<CicloError> => {
    const problem = ProblemSchema.safeParse(await response.json().catch(() => undefined))
    const detail = problem.success ? problem.data.detail : response.statusText
    return response.status === 401 || response.status === 403
      ? new CicloError(
          'unknown-key',
          `${url}: a server runs there and does not let this import in (${detail}); expected CICLO_SECRET_KEY, or ` +
            'CICLO_SECRET and DATABASE_URL, as the server has them',
        )
      : new CicloError('bad-request', `${url}: answered ${response.status} to an import of orders: ${detail}`)
  }

  const submit = async (orders: readonly ImportedOrder[]): Promise<ImportCounts> => {
    let failure = ''
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const response = await post(orders)
      if (typeof response !== 'string') {
        if (response.ok) return CountsSchema.parse(await response.json())
        if (response.status === 413 && orders.length > 1) {
          const half = Math.ceil(orders.length / 2)
          const [one, other] = [await submit(orders.slice(0, half)), await submit(orders.slice(half))]
          return {
            applied: one.applied + other.applied,
            duplicate: one.duplicate + other.duplicate,
            parked: one.parked + other.parked,
            erased: one.erased + other.erased,
          }
        }
        if (response.status !== 429 && response.status < 500) throw await explain(response)
        failure = (await explain(response)).message
      } else failure = `${url}: ${response}`
      warn(`${failure}; trying again`)
      await wait(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt))
    }
    throw new CicloError('store-unavailable', `${failure}; gave up after ${TRIES} tries`)
  }

  return { description: `the server on ${url}`, submit, close: async () => {} }
}
