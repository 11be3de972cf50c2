import {
  beginSimulation,
  createSimulator,
  historyInOrder,
  type Journey,
  type LiveThrough,
  type Simulation,
} from '@ciclo/engine'
import { countCustomers } from '../store/queries/backtest.ts'
import type { Store } from '../store/store.ts'
import { splitHistory } from './backtestHistory.ts'
import { backtestPages, type BacktestCustomer } from './backtestPages.ts'
import { readBacktestRules, type BacktestRules } from './backtestRules.ts'
import { createTally, type BacktestMessage, type BacktestTally } from './backtestTally.ts'

export interface BacktestWanted {
  workspaceId: string
  definition: Journey
  /** Epoch milliseconds. */
  since: number
  until: number
  /** Which part of the customers: several processes share the work. */
  shard: { index: number; of: number }
  /** How many mails and differences the answer has. */
  sample: number
  /** Whether all mails are told on the way. */
  tellsMessages: boolean
}

/** What is told on the way. */
interface BacktestPart {
  /** How many customers were looked at since the last part. */
  customers: number
  messages: BacktestMessage[]
}

/** One customer's period by the candidate, and by what is live: the very same where no run of the journey makes a difference. */
function simulateBoth(
  { id, inputs, past }: BacktestCustomer,
  { since, until }: Pick<BacktestWanted, 'since' | 'until'>,
  rules: BacktestRules,
  simulators: { candidate: LiveThrough; live: LiveThrough },
  journeyId: string,
): { candidate: Simulation; live: Simulation } {
  const history = splitHistory(historyInOrder(inputs, until), since)
  const beginning = beginSimulation(history.past, rules.candidate, { customerId: id, since, past })
  const period = { since, until }
  const candidate = simulators.candidate(beginning, history.period, period)
  const isWithout = candidate.runs.every((run) => run.journeyId !== journeyId)
  if (isWithout && (!rules.hasLive || rules.entersAlike)) return { candidate, live: candidate }
  return { candidate, live: simulators.live(beginning, history.period, period) }
}

/**
 * Lives through a period with a version of a journey in the place of its live one, customer by customer, and counts
 * what would have come of it. Reads only.
 *
 * @param tell is waited for, so that whoever reads slowly is not buried
 */
export async function backtestJourney(
  store: Store,
  wanted: BacktestWanted,
  tell: (part: BacktestPart) => Promise<void>,
): Promise<BacktestTally> {
  const { workspaceId, definition, sample, tellsMessages } = wanted
  const rules = await store.read((tx) => readBacktestRules(tx, workspaceId, definition))
  const simulators = { candidate: createSimulator(rules.candidate), live: createSimulator(rules.live) }
  const { tally, count } = createTally({ definition, sample, zone: rules.live.settings.shop.timeZone })
  for await (const customers of backtestPages(store, wanted)) {
    const messages: BacktestMessage[] = []
    for (const customer of customers) {
      const { candidate, live } = simulateBoth(customer, wanted, rules, simulators, definition.id)
      const rows = count(customer.id, candidate, live)
      if (tellsMessages) messages.push(...rows)
    }
    await tell({ customers: customers.length, messages })
  }
  return tally
}

/** How many customers a back-test has to look at. */
export const countForBacktest = (store: Store, { workspaceId }: { workspaceId: string }): Promise<number> =>
  store.read((tx) => countCustomers(tx, workspaceId))
