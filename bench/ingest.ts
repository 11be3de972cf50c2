import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { startChildServer } from './support/childServer.ts'
import { WRITE_KEY } from './support/openCiclo.ts'
import { openRawInserts, type RawInserts } from './support/rawInserts.ts'
import { sendLoad, type LoadResult, type Post } from './support/sendLoad.ts'
import { shopEvents } from './support/shopEvents.ts'
import { median, percentile } from './support/statistics.ts'

const ROUNDS = 5
const CONNECTIONS = 64
const SINGLE_EVENTS = 6_400
const BATCH = 100
const BATCHES = 120
const BATCH_CONNECTIONS = 8
/** Of one round of requests, in milliseconds. */
const TIME_LIMIT = 3_000

type Report = (line: BenchLine) => void

const perSecond = (count: number, milliseconds: number) => (count * 1_000) / milliseconds
const throughput = ({ requests, milliseconds }: LoadResult) => perSecond(requests, milliseconds)
const p99 = ({ latencies }: LoadResult) => percentile(latencies, 99)
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

const send = (port: number, connections: number, posts: Post[]) =>
  sendLoad({ port, key: WRITE_KEY, posts, connections, timeLimit: TIME_LIMIT })

/** Rounds of the two in turn, so that whatever disturbs the machine disturbs both; the first of each warms up. */
async function inTurns<Result>(subject: () => Promise<Result>, baseline: () => Promise<Result>) {
  const subjects: Result[] = []
  const baselines: Result[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [await baseline(), await subject()]
    if (round === 0) continue
    baselines.push(one)
    subjects.push(other)
  }
  return { subjects, baselines }
}

/** The ratio is the median of the rounds' own: the two of a round saw the same machine. */
function reportPair(
  report: Report,
  name: string,
  unit: string,
  subjects: number[],
  baselines: number[],
): void {
  const ratios = subjects.map((value, round) => value / (baselines[round] ?? Number.NaN))
  report({ name: `${name}.baseline`, value: median(baselines), unit })
  report({ name, value: median(subjects), unit, ratio: median(ratios) })
}

const singlePosts = () =>
  shopEvents(SINGLE_EVENTS, CONNECTIONS).map((event) => ({
    path: `/v1/${event.type}`,
    body: JSON.stringify(event),
  }))

async function measureSingles(report: Report, ciclo: number, bare: number): Promise<void> {
  const { subjects, baselines } = await inTurns(
    () => send(ciclo, CONNECTIONS, singlePosts()),
    () => send(bare, CONNECTIONS, singlePosts()),
  )
  reportPair(report, 'ingest.single.events', 'events/s', subjects.map(throughput), baselines.map(throughput))
  reportPair(report, 'ingest.single.p99', 'ms', subjects.map(p99), baselines.map(p99))
}

/** What one browser has kept, or a shop's server sends: visits are in it as a whole. */
const batchedEvents = () => shopEvents(BATCHES * BATCH, 10)

function batchPosts(): Post[] {
  const events = batchedEvents()
  return Array.from({ length: BATCHES }, (_, place) => ({
    path: '/v1/batch',
    body: JSON.stringify({ batch: events.slice(place * BATCH, (place + 1) * BATCH) }),
  }))
}

async function measureBatches(report: Report, ciclo: number, raw: RawInserts): Promise<void> {
  const { subjects, baselines } = await inTurns(
    async () => BATCH * throughput(await send(ciclo, BATCH_CONNECTIONS, batchPosts())),
    async () => perSecond(BATCHES * BATCH, raw.run(batchedEvents(), BATCH)),
  )
  reportPair(report, 'ingest.batch100.events', 'events/s', subjects, baselines)
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
    const before = await ciclo.memory()
    await measureSingles(report, ciclo.port, bare.port)
    await measureBatches(report, ciclo.port, raw)
    const after = await ciclo.memory()
    report({ name: 'ingest.memory.before', value: megabytes(before), unit: 'MB' })
    report({ name: 'ingest.memory.after', value: megabytes(after), unit: 'MB', ratio: after / before })
  } finally {
    raw.close()
    await Promise.all([bare.stop(), ciclo.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
