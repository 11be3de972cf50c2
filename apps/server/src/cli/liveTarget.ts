import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { ImportedOrder } from '../importOrders.ts'
import type { LiveServer } from './findServerOf.ts'
import type { ImportCounts, ImportTarget } from './importTarget.ts'
import type { Surroundings } from './surroundings.ts'

const REQUEST_TIMEOUT = 60_000
/** A server that restarts is back within these: half a second, then twice as long each time. */
const TRIES = 8
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000

const CountsSchema = z.object({
  applied: z.number(),
  duplicate: z.number(),
  parked: z.number(),
  erased: z.number(),
})
const ProblemSchema = z.object({ detail: z.string() })

/** Sends orders to a live server, again where it cannot take them just now: an order counts once however often it is sent. */
export function openLiveTarget({ url, request }: LiveServer, { warn }: Surroundings): ImportTarget {
  const post = async (orders: readonly ImportedOrder[]): Promise<Response | string> => {
    try {
      return await request('/api/import/orders', {
        method: 'POST',
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
