import { EVENT_NAMES, ownEvent, type EventInput } from '@ciclo/engine'
import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import {
  changeVersion,
  JOURNEY_RUNS,
  listVersions,
  pageOfRunning,
  type RunningRun,
  type RunsTo,
  type VersionRecord,
} from '../store/queries/journeys.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'

/** Runs that one page looks at: not all of them have anything to do. */
const RUNS_AT_ONCE = 200

const ProgressSchema = z.object({
  /** Those before it are done. */
  journey: z.string(),
  after: z.object({ startedAt: z.number(), id: z.string() }).nullable(),
  runs: z.int(),
})
type Progress = z.infer<typeof ProgressSchema>

/** What is to be done with the runs of one journey. */
interface Directions {
  id: string
  isPaused: boolean
  /** By the version: what can be done now. A version that does not go live yet is waited for. */
  orders: ReadonlyMap<number, RunsTo>
}

function directionsOf(id: string, versions: readonly VersionRecord[]): Directions {
  const isAtWork = (number: number) =>
    versions.some(({ version, status }) => version === number && (status === 'live' || status === 'paused'))
  const orders = versions.flatMap(({ version, runsTo }): [number, RunsTo][] =>
    runsTo === null || (runsTo.kind === 'move' && !isAtWork(runsTo.to)) ? [] : [[version, runsTo]],
  )
  return { id, isPaused: versions.some(({ status }) => status === 'paused'), orders: new Map(orders) }
}

/** The event by which one run is told; undefined where it has nothing to do. Told twice, it is the same event. */
function eventFor(run: RunningRun, { id, isPaused, orders }: Directions, at: number): EventInput | undefined {
  const order = orders.get(run.version)
  if (order?.kind === 'end')
    return ownEvent(`journey-removed/${run.id}`, at, EVENT_NAMES.journeyRunRemoved, {
      journey: id,
      enrolment: run.id,
    })
  const step =
    order?.kind === 'move' && run.step !== null && Object.hasOwn(order.steps, run.step)
      ? order.steps[run.step]
      : undefined
  if (order?.kind === 'move' && step !== undefined)
    return ownEvent(`journey-moved/${run.id}/${order.to}`, at, EVENT_NAMES.journeyRunMoved, {
      journey: id,
      enrolment: run.id,
      version: order.to,
      step,
    })
  if (run.heldSince === null || isPaused) return undefined
  return ownEvent(`journey-resumed/${run.id}/${run.heldSince}`, at, EVENT_NAMES.journeyResumed, {
    journey: id,
  })
}

export interface DirectRunsOptions {
  store: Store
  ingest: Ingest
  now: () => number
}

/**
 * Tells runs under way what somebody has asked for: to go on after a pause, to go on in another version, to end. Page by
 * page, by events that are the same when a page is told twice.
 */
export function createJourneyRunsJob({ store, ingest, now }: DirectRunsOptions): Job {
  /** The first journey from this one on that something is to be done with. */
  const nextJourney = async (workspaceId: string, from: string): Promise<Directions | undefined> => {
    const versions = await store.read((tx) => listVersions(tx, workspaceId))
    const byJourney = Map.groupBy(versions, ({ id }) => id)
    const ids = [...byJourney].flatMap(([id, own]) =>
      id >= from && own.some(({ runsTo }) => runsTo !== null) ? [id] : [],
    )
    const [id] = ids.toSorted((one, other) => (one < other ? -1 : 1))
    return id === undefined ? undefined : directionsOf(id, byJourney.get(id) ?? [])
  }

  /** What was asked for is done, as far as nobody has asked for something else meanwhile. */
  const finish = async (workspaceId: string, { id, orders }: Directions) =>
    await store.write(async (tx) => {
      await lockWorkspace(tx, workspaceId)
      const versions = await listVersions(tx, workspaceId)
      for (const one of versions) {
        const done = one.id === id ? orders.get(one.version) : undefined
        if (done && JSON.stringify(done) === JSON.stringify(one.runsTo))
          await changeVersion(tx, workspaceId, one, { runsTo: null })
      }
    })

  return {
    name: JOURNEY_RUNS,
    every: null,
    run: async ({ workspaceId, progress, save }) => {
      let run: Progress = progress ? ProgressSchema.parse(progress) : { journey: '', after: null, runs: 0 }
      for (;;) {
        const directions = await nextJourney(workspaceId, run.journey)
        if (!directions) return { runs: run.runs }
        const { id } = directions
        const after = id === run.journey ? run.after : null
        const page = await store.read((tx) =>
          pageOfRunning(tx, workspaceId, id, { after, limit: RUNS_AT_ONCE }),
        )
        const at = now()
        const told = page.flatMap((one) => {
          const input = eventFor(one, directions, at)
          return input ? [{ workspaceId, customerId: one.customerId, input }] : []
        })
        await ingest.submit(told)
        const last = page.at(-1)
        if (last) {
          const { startedAt, id: runId } = last
          run = { journey: id, after: { startedAt, id: runId }, runs: run.runs + told.length }
        } else {
          await finish(workspaceId, directions)
          // What comes right after it, and before every other id.
          run = { journey: `${id} `, after: null, runs: run.runs }
        }
        await save(run)
      }
    },
  }
}
