import {
  beginSimulation,
  createSimulator,
  DAY,
  historyInOrder,
  HOUR,
  nextOccurrence,
  type Journey,
  type Simulation,
} from '@ciclo/engine'
import { loadShippedJourneys } from '@ciclo/journeys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backtestJourney } from '../../src/journeys/backtest.ts'
import { splitHistory } from '../../src/journeys/backtestHistory.ts'
import { backtestPages } from '../../src/journeys/backtestPages.ts'
import { readBacktestRules } from '../../src/journeys/backtestRules.ts'
import type { BacktestMessage } from '../../src/journeys/backtestTally.ts'
import type { CustomerEnrolment } from '../../src/store/queries/enrolments.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { createMonth } from './backtestMonth.ts'
import { liveThroughMonth, readAllRuns, readMails } from './liveMonth.ts'

const SETTINGS = {
  shop: { name: 'Shop', address: 'Street 1, 28001 Madrid', timeZone: 'Europe/Madrid' },
  currency: 'EUR',
  quietHours: { from: '21:00', to: '09:00' },
  cap: { perDay: 1, perWeek: 3 },
}

const SHIPPED = loadShippedJourneys()

/** When the schedules of the journeys come round. */
const occurrencesOf = (journeys: readonly Journey[], since: number, until: number) =>
  journeys
    .flatMap(({ trigger }) => {
      if (trigger.kind !== 'schedule') return []
      const found: number[] = []
      for (let at = since; at <= until; at = found.at(-1) ?? until + 1)
        found.push(nextOccurrence(trigger, SETTINGS.shop.timeZone, at))
      return found
    })
    .filter((at) => at <= until)
    .toSorted((one, other) => one - other)

/** A back-test tells what there really was: a month is lived through with a virtual clock, and back-tested. */
export function backtestRealityContract(
  name: string,
  openDatabase: () => Promise<string>,
  { seeds, customers, days }: { seeds: readonly number[]; customers: number; days: number },
): void {
  describe.each(seeds)(`a back-test on ${name} (seed %i)`, (seed) => {
    let smtp: SmtpCatcher
    let ciclo: TestCiclo
    let since = 0
    let until = 0

    beforeAll(async () => {
      smtp = await startSmtpCatcher()
      // All shipped journeys are on in the demo.
      ciclo = await createTestCiclo({
        databaseUrl: await openDatabase(),
        smtpUrl: smtp.url,
        journeys: 'shipped',
        demo: true,
      })
      await ciclo.request('/api/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(SETTINGS),
      })
      since = ciclo.clock.now()
      until = since + days * DAY
      const month = createMonth({ seed, customers, days, start: since })
      await liveThroughMonth(ciclo, month, { until, occurrences: occurrencesOf(SHIPPED, since, until) })
    }, 600_000)

    afterAll(async () => {
      await ciclo.stop()
      await smtp.stop()
    })

    /** Everything that all journeys would have done: each back-test tells that of one of them. */
    const simulateAll = async (): Promise<Simulation[]> => {
      const { store, workspaceId } = ciclo
      const [definition] = SHIPPED as [Journey]
      const rules = await store.read((tx) => readBacktestRules(tx, workspaceId, definition))
      const simulator = createSimulator(rules.candidate)
      const simulations: Simulation[] = []
      const shard = { index: 0, of: 1 }
      for await (const page of backtestPages(store, { workspaceId, since, shard }))
        for (const { id, inputs, past } of page) {
          const history = splitHistory(historyInOrder(inputs, until), since)
          const beginning = beginSimulation(history.past, rules.candidate, { customerId: id, since, past })
          simulations.push(simulator(beginning, history.period, { since, until }))
        }
      return simulations
    }

    const backtest = async (definition: Journey) => {
      const messages: BacktestMessage[] = []
      const { store, workspaceId } = ciclo
      const tally = await backtestJourney(
        store,
        {
          workspaceId,
          definition,
          since,
          until,
          shard: { index: 0, of: 1 },
          sample: 10,
          tellsMessages: true,
        },
        async (part) => void messages.push(...part.messages),
      )
      return { tally, messages }
    }

    it('tells the same sends and refusals as there were, message for message, to the millisecond', async () => {
      const told = new Map(
        (await simulateAll()).flatMap(({ messages }) =>
          messages.map(({ message, outcome, reason, at }): [string, string] => [
            message.id,
            [outcome, outcome === 'sent' ? at : (reason ?? '')].join(' '),
          ]),
        ),
      )
      const real = [...(await readMails(ciclo)).values()].map(({ id, state, sentAt, reason }) => ({
        id,
        was: [state, state === 'sent' ? sentAt : (reason ?? '')].join(' '),
      }))
      const differing = real.filter(({ id, was }) => told.get(id) !== was)
      expect(differing.map(({ id, was }) => `${id}: ${was}, told ${told.get(id)}`)).toEqual([])
      expect([...told.keys()].filter((id) => !real.some((mail) => mail.id === id))).toEqual([])
      // A month in which nothing happens would prove nothing.
      const outcomes = new Set(real.map(({ was }) => was.split(' ')[was.startsWith('sent') ? 0 : 1]))
      expect([...outcomes]).toEqual(expect.arrayContaining(['sent']))
      expect(real.length).toBeGreaterThan(customers * 3)
      expect(smtp.mails).toHaveLength(real.filter(({ was }) => was.startsWith('sent')).length)
    }, 600_000)

    it('tells the same runs as there were, by the same reasons ended at the same time', async () => {
      const told = (await simulateAll()).flatMap(({ runs }) => runs)
      const wordsOf = ({ id, endedAt, endReason, goalAt }: (typeof told)[number] | CustomerEnrolment) =>
        [id, endedAt, endReason, goalAt].join(' ')
      const real = await readAllRuns(ciclo)
      expect(told.map(wordsOf).toSorted()).toEqual(real.map(wordsOf).toSorted())
    }, 600_000)

    it('counts for a journey what there was of it', async () => {
      const definition = journeyCalled('cart-abandonment')
      const { tally, messages } = await backtest(definition)
      const real = [...(await readMails(ciclo)).values()].filter(
        ({ journeyId }) => journeyId === definition.id,
      )
      const runs = (await readAllRuns(ciclo)).filter(({ journeyId }) => journeyId === definition.id)
      expect(messages.map(({ id }) => id).toSorted()).toEqual(real.map(({ id }) => id).toSorted())
      expect(tally.mails.sent).toBe(real.filter(({ state }) => state === 'sent').length)
      expect(tally.runs.started).toBe(runs.length)
      expect(tally.steps['reminder']?.entered).toBe(
        runs.filter(({ visits }) => visits['reminder'] !== undefined).length,
      )
    }, 600_000)

    it('finds no difference between the version that is live and itself', async () => {
      const { compared } = (await backtest(journeyCalled('cart-abandonment'))).tally
      expect(compared.customers).toEqual({ same: expect.any(Number) as number, more: 0, fewer: 0, other: 0 })
      expect(compared.customers.same).toBeGreaterThanOrEqual(customers)
      expect(compared.candidate).toEqual(compared.live)
    }, 600_000)

    it('sees that a delay is another', async () => {
      const definition = journeyCalled('cart-abandonment')
      const slower: Journey = {
        ...definition,
        steps: definition.steps.map((step) =>
          step.kind === 'delay' && step.id === 'four-hours' ? { ...step, duration: 6 * HOUR } : step,
        ),
      }
      const { more, fewer, other } = (await backtest(slower)).tally.compared.customers
      expect(more + fewer + other).toBeGreaterThan(0)
    }, 600_000)
  })
}

function journeyCalled(id: string): Journey {
  const found = SHIPPED.find((journey) => journey.id === id)
  if (!found) throw new RangeError(`There is no shipped journey ${id}`)
  return found
}
