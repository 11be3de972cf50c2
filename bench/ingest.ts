import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { startChildServer } from './support/childServer.ts'
import { WRITE_KEY } from './support/openCiclo.ts'
import { openRawInserts } from './support/rawInserts.ts'
import { sendLoad, type LoadResult } from './support/sendLoad.ts'
import { shopEvents } from './support/shopEvents.ts'
import { median, percentile } from './support/statistics.ts'

const ROUNDS = 5
const CONNECTIONS = 64
const SINGLE_EVENTS = 6_400
const BATCH = 100
const BATCHES = 120
const BATCH_CONNECTIONS = 8
/** Of one round, in milliseconds. */
const TIME_LIMIT = 3_000

type Report = (line: BenchLine) => void
type Send = (port: number) => Promise<LoadResult>

const perSecond = (count: number, milliseconds: number) => (count * 1_000) / milliseconds
const throughput = ({ requests, milliseconds }: LoadResult) => perSecond(requests, milliseconds)

const sendSingles: Send = (port) =>
  sendLoad({
    port,
    key: WRITE_KEY,
    posts: shopEvents(SINGLE_EVENTS, CONNECTIONS).map((event) => ({
      path: `/v1/${event.type}`,
      body: JSON.stringify(event),
    })),
    connections: CONNECTIONS,
    timeLimit: TIME_LIMIT,
  })

/** Rounds of the two in turn, so that whatever disturbs the machine disturbs both; the first one of each warms up. */
async function inTurns<Subject, Baseline>(
  subject: () => Promise<Subject>,
  baseline: () => Promise<Baseline>,
): Promise<{ subjects: Subject[]; baselines: Baseline[] }> {
  const subjects: Subject[] = []
  const baselines: Baseline[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [await baseline(), await subject()]
    if (round === 0) continue
    baselines.push(one)
    subjects.push(other)
  }
  return { subjects, baselines }
}

/** The median of the rounds' own ratios: the two of a round saw the same machine. */
const ratioOf = (subjects: readonly number[], baselines: readonly number[]) =>
  median(subjects.map((value, round) => value / (baselines[round] ?? Number.NaN)))

function reportPair(report: Report, name: string, unit: string, subjects: number[], baselines: number[]): void {
  report({ name: `${name}.baseline`, value: median(baselines), unit })
  report({ name, value: median(subjects), unit, ratio: ratioOf(subjects, baselines) })
}

/**
 * One event a request over 64 connections, answered when it is processed and synced, against a server that only parses
 * the same JSON; then batches of 100 against bare inserts of their events, synced every 100.
 */
export default async function measureIngest(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'))
  const bare = await startChildServer('bareServer.ts')
  const ciclo = await startChildServer('cicloServer.ts', [folder])
  const raw = await openRawInserts(folder)
  try {
    const memoryBefore = await ciclo.memory()

    const single = await inTurns(
      () => sendSingles(ciclo.port),
      () => sendSingles(bare.port),
    )
    const p99 = ({ latencies }: LoadResult) => percentile(latencies, 99)
    const { subjects, baselines } = single
    reportPair(report, 'ingest.single.events', 'events/s', subjects.map(throughput), baselines.map(throughput))
    reportPair(report, 'ingest.single.p99', 'ms', subjects.map(p99), baselines.map(p99))

    // A batch is what one browser has kept, or a shop's server: its visitors are in it as a whole.
    const batches = () => {
      const events = shopEvents(BATCHES * BATCH, 10)
      return Array.from({ length: BATCHES }, (_, place) => events.slice(place * BATCH, (place + 1) * BATCH))
    }
    const batched = await inTurns(
      async () => {
        const { requests, milliseconds } = await sendLoad({
          port: ciclo.port,
          key: WRITE_KEY,
          posts: batches().map((batch) => ({ path: '/v1/batch', body: JSON.stringify({ batch }) })),
          connections: BATCH_CONNECTIONS,
          timeLimit: TIME_LIMIT,
        })
        return perSecond(requests * BATCH, milliseconds)
      },
      async () => {
        const events = batches().flat()
        return perSecond(events.length, raw.run(events, BATCH))
      },
    )
    reportPair(report, 'ingest.batch100.events', 'events/s', batched.subjects, batched.baselines)

    const memoryAfter = await ciclo.memory()
    const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)
    report({ name: 'ingest.memory.before', value: megabytes(memoryBefore), unit: 'MB' })
    report({ name: 'ingest.memory.after', value: megabytes(memoryAfter), unit: 'MB', ratio: memoryAfter / memoryBefore })
  } finally {
    raw.close()
    await Promise.all([bare.stop(), ciclo.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
