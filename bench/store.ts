import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChildServer, type ChildServer } from './support/childServer.ts'
import { fillDatabase, knownBrowser } from './support/fillDatabase.ts'
import { inTurns, p99, reportPair, throughput, type Report } from './support/inTurns.ts'
import { WRITE_KEY } from './support/openCiclo.ts'
import { sendLoad, type LoadResult } from './support/sendLoad.ts'
import { shopEvents, type ShopEvent } from './support/shopEvents.ts'

const CUSTOMERS = 1_000_000
const EVENTS_PER_CUSTOMER = 5
/** Returning visitors to a shop with few customers. */
const FEW = 10_000

const CONNECTIONS = 64
const EVENTS = 12_800
/** Of one round of requests, in milliseconds. */
const TIME_LIMIT = 4_000

const send = ({ port }: ChildServer, events: readonly ShopEvent[]): Promise<LoadResult> =>
  sendLoad({
    port,
    key: WRITE_KEY,
    posts: events.map((event) => ({ path: `/v1/${event.type}`, body: JSON.stringify(event) })),
    connections: CONNECTIONS,
    timeLimit: TIME_LIMIT,
  })

const returning = (customers: number) =>
  shopEvents(EVENTS, CONNECTIONS, (visitor) =>
    // Far from each other, as visitors come; the same one for all events of a visit.
    knownBrowser((visitor * 7_919 + Date.now()) % customers),
  )

/**
 * The same requests to a server with 1,000,000 customers and 5,000,000 events and to one that begins empty: new
 * visitors to both, then visitors who are known there. `CICLO_BENCH_FILLED` names a folder that keeps the filled
 * database for the next time; it takes some 6 GB and minutes to make.
 */
export default async function measureStore(report: Report): Promise<void> {
  const kept = process.env['CICLO_BENCH_FILLED']
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'))
  const filledFolder = kept ?? (await mkdtemp(join(tmpdir(), 'ciclo-bench-filled-')))
  try {
    await fillDatabase(filledFolder, { customers: CUSTOMERS, eventsPerCustomer: EVENTS_PER_CUSTOMER })
    await fillDatabase(folder, { customers: FEW, eventsPerCustomer: 0 })
    const few = await startChildServer('cicloServer.ts', [folder])
    const many = await startChildServer('cicloServer.ts', [filledFolder])
    try {
      const measure = async (name: string, eventsFor: (customers: number) => ShopEvent[]) => {
        const { subjects, baselines } = await inTurns(
          () => send(many, eventsFor(CUSTOMERS)),
          () => send(few, eventsFor(FEW)),
        )
        reportPair(report, `${name}.events`, 'events/s', subjects.map(throughput), baselines.map(throughput))
        reportPair(report, `${name}.p99`, 'ms', subjects.map(p99), baselines.map(p99))
      }
      await measure('store.filled.new', () => shopEvents(EVENTS, CONNECTIONS))
      await measure('store.filled.returning', returning)
    } finally {
      await Promise.all([few.stop(), many.stop()])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    if (kept === undefined) await rm(filledFolder, { recursive: true, force: true })
  }
}
