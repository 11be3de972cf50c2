import { countRunsByEnd, countRunsByStep } from '../store/queries/journeys.ts'
import type { Store } from '../store/store.ts'

/** How the runs of a journey stand, all versions together. */
export interface RunCounts {
  running: number
  /** Of these, those that wait until their paused journey goes on. */
  held: number
  ended: number
  /** Of the ended ones, those that got nothing, for comparison. */
  heldOut: number
  goals: number
}

export const NO_RUNS: RunCounts = { running: 0, held: 0, ended: 0, heldOut: 0, goals: 0 }

/** How the runs of every journey stand, by its id. */
export async function countJourneyRuns(
  store: Store,
  { workspaceId }: { workspaceId: string },
): Promise<Record<string, RunCounts>> {
  const rows = await store.read((tx) => countRunsByEnd(tx, workspaceId))
  const counts = new Map<string, RunCounts>()
  for (const { id, status, endReason, runs, goals, held } of rows) {
    const known = counts.get(id) ?? NO_RUNS
    const isRunning = status === 'running'
    counts.set(id, {
      running: known.running + (isRunning ? runs : 0),
      held: known.held + (isRunning ? held : 0),
      ended: known.ended + (isRunning ? 0 : runs),
      heldOut: known.heldOut + (endReason === 'held-out' ? runs : 0),
      goals: known.goals + goals,
    })
  }
  return Object.fromEntries(counts)
}

/** Runs under way at one step of one version. */
export interface StepRuns {
  version: number
  /** Null for a run of an older Ciclo; `end` for one that is through, and waits until its last mail has left. */
  step: string | null
  runs: number
  /** Whose timer became due while the journey was paused, and since when the first of them waits. */
  held: number
  heldSince: number | null
}

/** Where the runs of a journey are. */
export async function countStepRuns(
  store: Store,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<StepRuns[]> {
  const { all, held } = await store.read((tx) => countRunsByStep(tx, workspaceId, id))
  return all
    .map(({ version, step, runs }) => {
      const waiting = held.find((one) => one.version === version && one.step === step)
      return { version, step, runs, held: waiting?.runs ?? 0, heldSince: waiting?.since ?? null }
    })
    .toSorted((one, other) => one.version - other.version || ((one.step ?? '') < (other.step ?? '') ? -1 : 1))
}
