import { availableParallelism } from 'node:os'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { BacktestWanted } from './backtest.ts'
import { addTallies, emptyTally, type BacktestMessage, type BacktestTally } from './backtestTally.ts'

interface BacktestListener {
  onProgress: (done: { customers: number; of: number }) => Promise<void>
  onMessages: (messages: readonly BacktestMessage[]) => Promise<void>
}

/** More would wait for each other at the database, and keep the server from its work. */
const MOST_PROCESSES = 2
/** For fewer customers a second process takes longer to start than it saves. */
const CUSTOMERS_FOR_TWO = 2_000

/**
 * A back-test in as many processes as the machine has cores for, each with a part of the customers.
 *
 * Rejects with the signal's reason when it is aborted, and with what a listener throws.
 */
export async function runBacktest(
  insight: InsightRunner,
  wanted: Omit<BacktestWanted, 'shard'>,
  { signal, onProgress, onMessages }: BacktestListener & { signal: AbortSignal },
): Promise<BacktestTally> {
  const { workspaceId } = wanted
  const of = await insight.run('backtestCustomers', { workspaceId }, { signal })
  await onProgress({ customers: 0, of })
  let customers = 0
  const processes = of < CUSTOMERS_FOR_TWO ? 1 : Math.min(MOST_PROCESSES, availableParallelism())
  // Where one fails, the other is of no use any more.
  const failed = new AbortController()
  const parts = Array.from({ length: processes }, async (_, index) => {
    try {
      return await insight.run(
        'backtest',
        { ...wanted, shard: { index, of: processes } },
        {
          signal: AbortSignal.any([signal, failed.signal]),
          onPart: async (part) => {
            if (part.messages.length > 0) await onMessages(part.messages)
            customers += part.customers
            await onProgress({ customers, of: Math.max(of, customers) })
          },
        },
      )
    } catch (error) {
      failed.abort(error)
      throw error
    }
  })
  return (await Promise.all(parts)).reduce(addTallies, emptyTally())
}
