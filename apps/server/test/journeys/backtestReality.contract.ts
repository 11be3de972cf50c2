import { DAY, nextOccurrence, type Journey } from '@ciclo/engine'
import { loadShippedJourneys } from '@ciclo/journeys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backtestJourney } from '../../src/journeys/backtest.ts'
import type { BacktestMessage } from '../../src/journeys/backtestTally.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { createMonth } from './backtestMonth.ts'
import { liveThroughMonth, readMails, readRuns } from './liveMonth.ts'

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

    const known = new Map<string, ReturnType<typeof run>>()
    const backtest = (definition: Journey) => {
      const found = known.get(definition.id) ?? run(definition)
      known.set(definition.id, found)
      return found
    }
    const run = async (definition: Journey) => {
      const messages: BacktestMessage[] = []
      const { store, workspaceId } = ciclo
      const tally = await backtestJourney(
        store,
        { workspaceId, definition, since, until, shard: { index: 0, of: 1 }, sample: 10, tellsMessages: true },
        async (part) => void messages.push(...part.messages),
      )
      return { tally, messages }
    }

    it('tells the same sends and refusals as there were, message for message, to the millisecond', async () => {
      const told = new Map<string, string>()
      for (const definition of SHIPPED)
        for (const { id, outcome, reason, at } of (await backtest(definition)).messages)
          told.set(id, [outcome, outcome === 'sent' ? at : (reason ?? '')].join(' '))
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

    it('tells the same runs as there were', async () => {
      const differing: unknown[] = []
      for (const definition of SHIPPED) {
        const { tally } = await backtest(definition)
        const runs = await readRuns(ciclo, definition)
        const ended: Record<string, number> = {}
        for (const { endReason } of runs)
          if (endReason !== null) ended[endReason] = (ended[endReason] ?? 0) + 1
        const real = { started: runs.length, running: runs.filter(({ endedAt }) => endedAt === null).length, ended }
        const { customers: _customers, ...counted } = tally.runs
        if (JSON.stringify(sorted(counted)) !== JSON.stringify(sorted(real)))
          differing.push({ journey: definition.id, counted, real })
      }
      expect(differing).toEqual([])
    }, 600_000)

    it('finds no difference between the version that is live and itself', async () => {
      for (const definition of SHIPPED.filter(({ id }) => id === 'cart-abandonment' || id === 'thank-you')) {
        const { compared } = (await backtest(definition)).tally
        expect(compared.customers).toEqual({ same: customers, more: 0, fewer: 0, other: 0 })
        expect(compared.candidate).toEqual(compared.live)
      }
    }, 600_000)
  })
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
