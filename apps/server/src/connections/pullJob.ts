import { DAY, HOUR, type CatalogueItem } from '@ciclo/engine'
import type { TakeProducts } from '../catalogue/createTakeProducts.ts'
import type { Clock } from '../clock.ts'
import { CicloError } from '../errors.ts'
import { cleanJson } from '../ingest/cleanJson.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job, JobContext } from '../loops/jobs.ts'
import type { PlatformEvent } from '../platforms/platform.ts'
import { platforms } from '../platforms/platforms.ts'
import { PULLED, type Pulled, type PullSource } from '../platforms/pull/pullSource.ts'
import { readConnection, readConnections } from '../store/queries/connections.ts'
import { readPulls, savePull, type PullRow } from '../store/queries/pulls.ts'
import type { Store } from '../store/store.ts'
import type { PostWebhook } from '../webhooks/postWebhook.ts'
import type { Connection } from './connection.ts'
import type { Connections } from './createConnections.ts'
import { openSource } from './openSource.ts'
import { startPulls } from './startPulls.ts'
import { takeEvents } from './takeMapped.ts'

export const PULL_SHOPS = 'pull-shops'

/** Before a page that did not come is asked for again: doubled each time. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 60_000
const TRIES = 8
const PROBLEMS_KEPT = 20
/** What changed while the last pull ran is fetched again. */
const OVERLAP = HOUR

export interface PullJobOptions {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  connections: Connections
  takeProducts: TakeProducts
  post: PostWebhook
  clock: Clock
  random: () => number
}

const byOrder = (one: PullRow, other: PullRow) =>
  PULLED.indexOf(one.resource as Pulled) - PULLED.indexOf(other.resource as Pulled)

/**
 * Fetches the past of connected shops, page by page, and once a day what has changed since: webhooks get lost, and systems
 * take them away after some failures. A page is taken over before its end is written down, so that a crash repeats one
 * page; nothing is mailed for the past.
 */
export function createPullJob(options: PullJobOptions): Job {
  const { store, ingest, connections, takeProducts, post, clock, random } = options

  /** Asks until it comes; gives up where the shop says no, or has not answered so many times. */
  const patiently = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    for (let failures = 0; ;) {
      signal.throwIfAborted()
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof CicloError) || error.code !== 'shop-unavailable') throw error
        // A system that says when it can be asked again is no failing one.
        failures += error.retryAfter > 0 ? 0.1 : 1
        if (failures >= TRIES) throw error
        const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.floor(failures)) * (0.75 + random() / 4)
        await clock.until(
          clock.now() + Math.max(error.retryAfter * 1_000, error.retryAfter > 0 ? 0 : pause),
          signal,
        )
      }
    }
  }

  /** A page as events and products, and why some of it is neither. */
  const mapPage = async (connection: Connection, topic: string, payloads: readonly unknown[]) => {
    const context = await store.read((tx) => connections.contextOf(tx, connection, clock.now()))
    const [events, products, problems]: [PlatformEvent[], CatalogueItem[], string[]] = [[], [], []]
    for (const payload of payloads) {
      try {
        const clean = cleanJson(payload, 'payload')
        if (!clean.ok) throw new CicloError('bad-request', clean.message)
        const mapped = platforms[connection.platform].map(topic, clean.value, context)
        events.push(...mapped.events)
        products.push(...mapped.products)
      } catch (error) {
        if (!(error instanceof CicloError) || error.status !== 400) throw error
        const { id } = (payload ?? {}) as { id?: unknown }
        problems.push(
          `${typeof id === 'string' || typeof id === 'number' ? id : 'without id'}: ${error.message}`.slice(
            0,
            300,
          ),
        )
      }
    }
    return { events, products, problems }
  }

  /** One resource to its end; false where somebody has stopped it. */
  const pull = async (
    connection: Connection,
    source: PullSource,
    start: PullRow,
    { signal }: JobContext,
  ): Promise<boolean> => {
    const resource = start.resource as Pulled
    let row = start
    const save = async (change: Partial<PullRow>) => {
      const isOurs = await store.write((tx) => savePull(tx, start, { ...change, updatedAt: clock.now() }))
      row = { ...row, ...change }
      return isOurs
    }
    const total = row.total ?? (await source.count(resource, row.since))
    if (!(await save({ state: 'running', total }))) return false
    for (;;) {
      const page = await source.page(resource, row.cursor, row.since)
      const { events, products, problems } = await mapPage(connection, page.topic, page.payloads)
      const { applied } = await takeEvents(ingest, connection.workspaceId, { events }, 'import', clock.now())
      const changed = products.length > 0 ? await takeProducts(connection.workspaceId, products) : []
      const isEnd = page.next === null
      const isOurs = await save({
        cursor: page.next,
        read: row.read + page.payloads.length,
        applied: row.applied + applied + changed.length,
        refused: row.refused + problems.length,
        problems: [...row.problems, ...problems].slice(0, PROBLEMS_KEPT),
        ...(isEnd ? { state: 'done', endedAt: clock.now() } : {}),
      })
      if (!isOurs) return false
      if (isEnd) return true
      signal.throwIfAborted()
    }
  }

  const fail = async (row: PullRow, error: CicloError) =>
    await store.write((tx) =>
      savePull(tx, row, {
        state: 'failed',
        problems: [...row.problems.slice(0, PROBLEMS_KEPT - 1), error.message.slice(0, 300)],
        updatedAt: clock.now(),
        endedAt: clock.now(),
      }),
    )

  /** What is due of a connection: what waits or was under way; else, a day after the last, what has changed since. */
  const dueOf = async (workspaceId: string, connectionId: string): Promise<PullRow[]> => {
    const rows = await store.read((tx) => readPulls(tx, workspaceId, connectionId))
    const open = rows.filter(({ state }) => state === 'waiting' || state === 'running')
    if (open.length > 0) return open.toSorted(byOrder)
    const isOver = rows.length > 0 && rows.every(({ state }) => state === 'done')
    const started = Math.min(...rows.map(({ startedAt }) => startedAt))
    if (!isOver || clock.now() - started < DAY) return []
    await store.write((tx) =>
      startPulls(tx, { workspaceId, connectionId, since: started - OVERLAP, now: clock.now() }),
    )
    return (await store.read((tx) => readPulls(tx, workspaceId, connectionId))).toSorted(byOrder)
  }

  return {
    name: PULL_SHOPS,
    every: DAY,
    async run(context) {
      const { workspaceId, signal } = context
      const done: Record<string, number> = { pulled: 0, failed: 0 }
      for (const { id, active } of await store.read((tx) => readConnections(tx, workspaceId))) {
        if (!active) continue
        for (const row of await dueOf(workspaceId, id)) {
          const known = await store.read((tx) => readConnection(tx, workspaceId, id))
          if (!known) break
          const connection = connections.open(known)
          try {
            const source = openSource(post, connection, (ask) => patiently(ask, signal))
            if (!source)
              throw new CicloError(
                'shop-refuses',
                'The connection has no address, or no key that opens the API',
              )
            if (!(await pull(connection, source, row, context))) break
            done['pulled'] = (done['pulled'] ?? 0) + 1
          } catch (error) {
            if (signal.aborted || !(error instanceof CicloError)) throw error
            if (error.code === 'store-unavailable') throw error
            await fail(row, error)
            done['failed'] = (done['failed'] ?? 0) + 1
            break
          }
        }
      }
      return done
    },
  }
}
