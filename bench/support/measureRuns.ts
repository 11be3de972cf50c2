import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '@ciclo/server'
import Database from 'better-sqlite3'
import { createWakeLoop } from '../../apps/server/src/loops/wake.ts'
import { startChildServer } from './childServer.ts'
import { fillRuns } from './fillRuns.ts'
import { perSecond, type Report } from './inTurns.ts'
import { openCiclo, WRITE_KEY } from './openCiclo.ts'
import { sendLoad } from './sendLoad.ts'
import { shopEvents } from './shopEvents.ts'
import { median, percentile } from './statistics.ts'
import { withFolder } from './withFolder.ts'

const RUNS = 100_000
const TURNS = 200
const HOUR = 3_600_000
/** Those who go on sending while timers drain, each one event at a time. */
const CONNECTIONS = 8
/** Until the runs become due the server starts, and the load warms it up: milliseconds. */
const LEAD = 8_000

/** What it costs that runs wait: a turn of the wake loop in microseconds, and the memory of an idle server in bytes. */
const measureWaiting = (runs: number) =>
  withFolder(async (folder) => {
    await fillRuns(folder, { runs, dueAt: Date.now() + HOUR })
    const { ciclo, store, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
    const loop = createWakeLoop({
      store,
      ingest: ciclo.ingest,
      clock: systemClock,
      onError: (error) => {
        throw error
      },
    })
    const turns: number[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      const started = performance.now()
      await loop.drain()
      turns.push((performance.now() - started) * 1_000)
    }
    await stop()
    const server = await startChildServer('cicloServer.ts', [folder])
    await wait(1_500)
    const memory = await server.memory()
    await server.stop()
    return { turn: median(turns.slice(TURNS / 2)), memory }
  })

/** 100,000 runs become due at once, while single events keep coming in. */
const measureDrain = (report: Report) =>
  withFolder(async (folder) => {
    const filling = Date.now()
    await fillRuns(folder, { runs: RUNS, dueAt: filling + 10 * HOUR })
    const handle = new Database(join(folder, 'ciclo.db'))
    const dueAt = Date.now() + LEAD
    const old = filling + 10 * HOUR
    handle.exec(
      `update customers set wake_at = ${dueAt}, state = replace(state, '${old}', '${dueAt}') where wake_at = ${old}`,
    )
    const server = await startChildServer('cicloServer.ts', [folder])
    const waiting = handle.prepare('select count(*) as runs from customers where wake_at <= ?').pluck()
    const latencies: number[] = []
    const drained = new AbortController()
    const load = async () => {
      while (!drained.signal.aborted) {
        const posts = shopEvents(2_000, CONNECTIONS).map((event) => ({
          path: `/v1/${event.type}`,
          body: JSON.stringify(event),
        }))
        const sent = await sendLoad({
          port: server.port,
          key: WRITE_KEY,
          posts,
          connections: CONNECTIONS,
          timeLimit: 1_000,
        })
        if (Date.now() - 1_000 > dueAt) latencies.push(...sent.latencies)
      }
    }
    const loading = load()
    try {
      await wait(Math.max(0, dueAt - Date.now()))
      while (Number(waiting.get(Date.now())) > 0) await wait(50)
      const milliseconds = Date.now() - dueAt
      drained.abort()
      await loading
      report({ name: 'journeys.timers.drained', value: perSecond(RUNS, milliseconds), unit: 'timers/s' })
      report({
        name: 'journeys.timers.ingested',
        value: perSecond(latencies.length, milliseconds),
        unit: 'events/s',
      })
      report({ name: 'journeys.timers.ingest.p99', value: percentile(latencies, 99), unit: 'ms' })
    } finally {
      drained.abort()
      handle.close()
      await server.stop()
    }
  })

/** 100,000 runs that wait cost nothing until they are due; when they are, they do not keep events from being heard. */
export async function measureRuns(report: Report): Promise<void> {
  const [none, many] = [await measureWaiting(0), await measureWaiting(RUNS)]
  report({ name: 'journeys.waiting.turn.baseline', value: none.turn, unit: 'us' })
  report({ name: 'journeys.waiting.turn', value: many.turn, unit: 'us', ratio: many.turn / none.turn })
  report({ name: 'journeys.waiting.memory.baseline', value: none.memory / 1_048_576, unit: 'MB' })
  report({
    name: 'journeys.waiting.memory',
    value: many.memory / 1_048_576,
    unit: 'MB',
    ratio: many.memory / none.memory,
  })
  await measureDrain(report)
}
