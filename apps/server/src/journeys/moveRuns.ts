import type { Journey } from '@ciclo/engine'
import { CicloError } from '../errors.ts'

/** Which steps of older versions go on at which of the new one: old id to new id. */
export type StepMapping = Readonly<Record<string, string>>

/** What somebody who publishes wants with the runs under way. `move`: each goes on at the step of its id and kind. */
export type RunsChoice = 'stay' | 'move' | { move: StepMapping }

/** Steps at which runs rest: at all others none is ever found. */
const RESTING: ReadonlySet<string> = new Set(['delay', 'until', 'untilDate', 'wait'])

/** Where runs at the steps of one version may go on in another, if nobody says otherwise. */
function sameSteps(from: Journey, to: Journey): StepMapping {
  const kinds = new Map(to.steps.map(({ id, kind }) => [id, kind]))
  return Object.fromEntries(
    from.steps.flatMap(({ id, kind }) => (RESTING.has(kind) && kinds.get(id) === kind ? [[id, id]] : [])),
  )
}

/** Where the runs of a version go on in another one; who is at none of these steps stays where it is. */
export function mappingTo(from: Journey, to: Journey, runs: Exclude<RunsChoice, 'stay'>): StepMapping {
  if (runs === 'move') return sameSteps(from, to)
  const own = new Set(from.steps.map(({ id }) => id))
  return Object.fromEntries(Object.entries(runs.move).filter(([step]) => own.has(step)))
}

/** Throws `bad-request` where a mapping names a step that there is not. */
export function expectMapping(runs: RunsChoice, older: readonly Journey[], next: Journey): void {
  if (typeof runs === 'string') return
  const [known, wanted] = [older.flatMap(({ steps }) => steps), next.steps].map(
    (steps) => new Set(steps.map(({ id }) => id)),
  ) as [Set<string>, Set<string>]
  for (const [from, to] of Object.entries(runs.move)) {
    if (!known.has(from))
      throw new CicloError(
        'bad-request',
        `runs.move: given the step '${from}', expected one of an older version: ${[...known].join(', ')}`,
      )
    if (!wanted.has(to))
      throw new CicloError(
        'bad-request',
        `runs.move.${from}: given the step '${to}', expected one of the new version: ${[...wanted].join(', ')}`,
      )
  }
}

/** Why a run at a step stays with its version, whatever is chosen; null where it can be moved. */
export function whyItStays(step: string | null, from: Journey | undefined, to: Journey): string | null {
  const at = from?.steps.find(({ id }) => id === step)
  if (!from || !at) return 'it is through, and only waits until its last mail has left'
  const same = to.steps.find(({ id }) => id === step)
  if (!same) return `the new version has no step '${step}': name the one to go on at`
  if (same.kind !== at.kind)
    return `the step '${step}' is a ${same.kind} there, and a ${at.kind} here: name the one to go on at`
  return null
}
