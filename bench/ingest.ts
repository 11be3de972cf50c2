import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChildServer, type ChildServer } from './support/childServer.ts'
import { WRITE_KEY } from './support/openCiclo.ts'
import { openRawInserts, type RawInserts } from './support/rawInserts.ts'
import { sendLoad, type Post } from './support/sendLoad.ts'
import { shopEvents } from './support/shopEvents.ts'
import { inTurns, p99, perSecond, reportPair, throughput, type Report } from './support/inTurns.ts'
import { median, percentile } from './support/statistics.ts'

const CONNECTIONS = 64
const SINGLE_EVENTS = 6_400
const BATCH = 100
const BATCHES = 120
const BATCH_CONNECTIONS = 8
/** Of one round of requests, in milliseconds. */
const TIME_LIMIT = 3_000

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

const send = (port: number, connections: number, posts: Post[]) =>
  sendLoad({ port, key: WRITE_KEY, posts, connections, timeLimit: TIME_LIMIT })

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

/** How long memory is watched, and how often, in milliseconds; the first sixth of it warms up. */
const WATCHED = 60_000
const SAMPLE = 1_000

/** Resident memory under steady load: the median of the last sixth of a minute to that of the second. */
async function measureMemory(report: Report, ciclo: ChildServer): Promise<void> {
  const samples: number[] = []
  const latencies: number[] = []
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  let asking = Promise.resolve()
  const timer = setInterval(() => {
    asking = asking.then(async () => void samples.push(await ciclo.memory()))
  }, SAMPLE)
  try {
    while (elapsed() < WATCHED)
      latencies.push(...(await send(ciclo.port, CONNECTIONS, singlePosts())).latencies)
  } finally {
    clearInterval(timer)
    await asking
  }
  const sixth = Math.floor(samples.length / 6)
  const early = median(samples.slice(sixth, 2 * sixth))
  const late = median(samples.slice(-sixth))
  report({ name: 'ingest.minute.events', value: latencies.length / (WATCHED / 1_000), unit: 'events/s' })
  report({ name: 'ingest.minute.p99', value: percentile(latencies, 99), unit: 'ms' })
  report({ name: 'ingest.memory.early', value: megabytes(early), unit: 'MB' })
  report({ name: 'ingest.memory.late', value: megabytes(late), unit: 'MB', ratio: late / early })
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
    await measureSingles(report, ciclo.port, bare.port)
    await measureBatches(report, ciclo.port, raw)
    await measureMemory(report, ciclo)
  } finally {
    raw.close()
    await Promise.all([bare.stop(), ciclo.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
