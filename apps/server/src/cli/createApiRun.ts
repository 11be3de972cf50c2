import type { ApiTarget } from './apiTarget.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** Runs what a command does with the API, and ends with the exit code that it comes to: 0, if it names none. */
export const createApiRun =
  (surroundings: Surroundings, exitWith: (code: number) => void) =>
  async (work: (target: ApiTarget) => Promise<number | void>): Promise<void> =>
    exitWith((await withApiTarget(surroundings, work)) ?? 0)
