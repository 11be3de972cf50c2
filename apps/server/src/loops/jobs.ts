import type { Clock } from '../clock.ts'
import { describeError } from '../describeError.ts'
import { claimJob, ensureJob, nextJobAt, UNASKED, updateJob, type JobRow } from '../store/queries/jobs.ts'
import { readWorkspaceIds } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { createLoop, type Loop } from './loop.ts'

export interface JobContext {
  workspaceId: string
  /** When this run was due. */
  dueAt: number
  /** Where an earlier run stopped that did not come to its end; null at the beginning. */
  progress: Record<string, unknown> | null
  /** What the last run that came to its end had to say; null before the first. */
  last: Record<string, unknown> | null
  /** Has the next run begin at this time, where that is earlier than `every` says. */
  wakeAt: (at: number) => void
  /**
   * Writes down how far the run has come. Rejects with the signal's reason when the server stops or the job was asked
   * for anew: then the next run goes on from here, or begins anew.
   */
  save: (progress: Record<string, unknown>) => Promise<void>
  signal: AbortSignal
}

/** Work over many customers that is done now and then. */
export interface Job {
  name: string
  /** Milliseconds from the end of a run to the next one, at the most; null: only when asked. */
  every: number | null
  /** Does the work, in as many transactions as it takes, and returns what it has to say. */
  run(context: JobContext): Promise<Record<string, unknown>>
}

export interface JobsOptions {
  store: Store
  clock: Clock
  jobs: readonly Job[]
  onError: (error: unknown) => void
}

/** A claim is renewed at every third of it; what a killed process was at, another takes over after it. */
const LEASE = 90_000
/** Before a job that has failed is tried again: milliseconds. */
const PAUSE_AFTER_FAILURE = 5 * 60_000

/**
 * Runs jobs when they are due, one at a time. When they are due, how far they have come and how they have ended stands
 * in the store: a restart goes on where the last process stopped.
 */
export function createJobsLoop({ store, clock, jobs, onError }: JobsOptions): Loop {
  const names = jobs.map(({ name }) => name)
  const stopping = new AbortController()
  const known = new Set<string>()

  const ensureAll = async () => {
    const ids = await store.read(readWorkspaceIds)
    const fresh = ids.filter((id) => !known.has(id))
    if (fresh.length === 0) return
    await store.write(async (tx) => {
      for (const id of fresh)
        for (const { name, every } of jobs)
          await ensureJob(tx, id, name, every === null ? UNASKED : clock.now())
    })
    for (const id of fresh) known.add(id)
  }

  const runOne = async (job: Job, row: JobRow) => {
    const replaced = new AbortController()
    const signal = AbortSignal.any([stopping.signal, replaced.signal])
    const change = async (values: Parameters<typeof updateJob>[2]) => {
      const isStill = await store.write((tx) => updateJob(tx, row, values))
      if (!isStill) replaced.abort(new Error(`The job ${job.name} was asked for anew`))
    }
    const renew = setInterval(() => {
      change({ leaseUntil: clock.now() + LEASE }).catch(onError)
    }, LEASE / 3)
    renew.unref()
    let wakeAt = UNASKED
    try {
      const result = await job.run({
        workspaceId: row.workspaceId,
        dueAt: row.dueAt,
        progress: row.progress,
        last: row.result,
        wakeAt: (at) => {
          wakeAt = Math.min(wakeAt, at)
        },
        save: async (progress) => {
          signal.throwIfAborted()
          await change({ progress, leaseUntil: clock.now() + LEASE })
          signal.throwIfAborted()
        },
        signal,
      })
      const endedAt = clock.now()
      const dueAt = Math.min(wakeAt, job.every === null ? UNASKED : endedAt + job.every)
      await change({ dueAt, result, endedAt, progress: null, error: null, leaseUntil: null })
    } catch (error) {
      if (signal.aborted) await change({ leaseUntil: null })
      else {
        onError(error)
        // The next try goes on where this one has failed.
        await change({
          error: describeError(error),
          leaseUntil: null,
          dueAt: clock.now() + PAUSE_AFTER_FAILURE,
        })
      }
    } finally {
      clearInterval(renew)
    }
  }

  const loop = createLoop({
    clock,
    onError,
    atLeastEvery: 30_000,
    run: async () => {
      if (stopping.signal.aborted) return undefined
      await ensureAll()
      const now = clock.now()
      const due = await store.read((tx) => nextJobAt(tx, names))
      if (due === undefined || due > now) return due
      const row = await store.write((tx) => claimJob(tx, names, now, now + LEASE))
      const job = jobs.find(({ name }) => name === row?.name)
      // Another process is at what is due.
      if (!row || !job) return now + LEASE
      await runOne(job, row)
      return now
    },
  })
  return {
    ...loop,
    stop: async () => {
      stopping.abort(new Error('The server stops'))
      await loop.stop()
    },
  }
}
