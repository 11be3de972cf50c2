import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileRules, replay, SettingsSchema, type Journey } from '@ciclo/engine'
import { loadShippedJourneys } from '@ciclo/journeys'
import { createInsightRunner } from '../../apps/server/src/insight/runInsight.ts'
import { backtestJourney, type BacktestWanted } from '../../apps/server/src/journeys/backtest.ts'
import { backtestPages } from '../../apps/server/src/journeys/backtestPages.ts'
import { runBacktest } from '../../apps/server/src/journeys/runBacktest.ts'
import { openStore } from '../../apps/server/src/store/openStore.ts'
import type { Store } from '../../apps/server/src/store/store.ts'
import { EVENTS_EACH, fillBacktest } from './fillBacktest.ts'
import { heapInUse } from './heapInUse.ts'
import { perSecond, type Report } from './inTurns.ts'
import { openCiclo, WRITE_KEY } from './openCiclo.ts'
import { setJourneys } from './setJourneys.ts'
import { withFolder } from './withFolder.ts'

const DAY = 86_400_000
const CUSTOMERS = Number(process.env['CICLO_BENCH_CUSTOMERS'] ?? 50_000)
/** Memory is watched over every such part of the customers. */
const MEMORY_SHARD = { index: 0, of: 4 }

/** A workspace in which all shipped journeys are live, with manners, and one customer to copy the others from. */
async function prepare(folder: string, until: number): Promise<{ workspaceId: string; journeys: Journey[] }> {
  const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  await ciclo.app.request('/v1/page', {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, anonymousId: 'pattern' }),
  })
  const settings = SettingsSchema.parse({
    currency: 'EUR',
    shop: { timeZone: 'Europe/Madrid' },
    quietHours: { from: '21:00', to: '09:00' },
    cap: { perDay: 1, perWeek: 3 },
  })
  const journeys = loadShippedJourneys()
  await setJourneys(store, workspaceId, journeys)
  await store.write((tx) => tx.update(tx.tables.workspaces).set({ settings }))
  await stop()
  fillBacktest(folder, { workspaceId, customers: CUSTOMERS, until })
  return { workspaceId, journeys }
}

/** The same events through the lifecycle alone: read, and folded once. */
async function replayAll(store: Store, workspaceId: string, until: number): Promise<number> {
  const rules = compileRules({ version: 1, settings: SettingsSchema.parse({ currency: 'EUR' }) })
  const started = performance.now()
  const shard = { index: 0, of: 4 }
  let events = 0
  for await (const page of backtestPages(store, { workspaceId, since: until, shard }))
    for (const { id, inputs } of page) {
      replay(id, inputs, rules, until)
      events += inputs.length
    }
  return perSecond(events, performance.now() - started)
}

/** Flat memory: bytes in use after a collection, the peak of the second half of the pages to that of the first. */
async function measureMemory(
  report: Report,
  store: Store,
  wanted: Omit<BacktestWanted, 'shard'>,
): Promise<void> {
  const samples: number[] = []
  let parts = 0
  const started = performance.now()
  const { customers } = await backtestJourney(store, { ...wanted, shard: MEMORY_SHARD }, async () => {
    parts += 1
    if (parts % 5 !== 0) return
    samples.push(heapInUse())
  })
  const rate = perSecond(customers * EVENTS_EACH, performance.now() - started)
  const half = Math.floor(samples.length / 2)
  const [early, late] = [Math.max(...samples.slice(0, half)), Math.max(...samples.slice(half))]
  report({ name: 'journeys.backtest.process', value: rate, unit: 'events/s' })
  report({ name: 'journeys.backtest.memory', value: late / 1_048_576, unit: 'MB', ratio: late / early })
}

/**
 * A changed journey over the last 90 days of a shop with a million events, all shipped journeys live: in as many processes
 * as the server uses, against the plain replay of the same events in one.
 */
export const measureBacktest = (report: Report): Promise<void> =>
  withFolder(async (folder) => {
    const until = Date.now()
    const { workspaceId, journeys } = await prepare(folder, until)
    const live = journeys.find(({ id }) => id === 'cart-abandonment')
    if (!live) throw new Error('There is no shipped journey cart-abandonment')
    const definition: Journey = {
      ...live,
      steps: live.steps.map((step) =>
        step.kind === 'delay' ? { ...step, duration: 2 * step.duration } : step,
      ),
    }
    const wanted = {
      workspaceId,
      definition,
      since: until - 90 * DAY,
      until,
      sample: 100,
      tellsMessages: false,
    }
    const databaseUrl = pathToFileURL(join(folder, 'ciclo.db')).href
    const store = await openStore(databaseUrl, { readOnly: true })
    const insight = createInsightRunner({ databaseUrl })
    try {
      const baseline = await replayAll(store, workspaceId, until)
      report({ name: 'journeys.backtest.baseline', value: baseline, unit: 'events/s' })
      const started = performance.now()
      const tally = await runBacktest(insight, wanted, {
        signal: new AbortController().signal,
        onProgress: async () => {},
        onMessages: async () => {},
      })
      const value = perSecond(tally.customers * EVENTS_EACH, performance.now() - started)
      if (tally.mails.sent === 0) throw new Error('The back-test has sent no mail')
      report({ name: 'journeys.backtest', value, unit: 'events/s', ratio: value / baseline })
      await measureMemory(report, store, wanted)
    } finally {
      await insight.close()
      await store.close()
    }
  })
