import type { Journey } from '@ciclo/engine'
import type { RunGroup, StepMessages } from '../store/queries/runs.ts'
import { increase } from './increase.ts'

type Counts = Record<string, number>

const sumOf = (groups: readonly RunGroup[], isCounted: (group: RunGroup) => boolean) =>
  groups.reduce((sum, group) => sum + (isCounted(group) ? group.runs : 0), 0)

/**
 * How the runs of a journey, of all its versions, have gone: in all, and at each step, those of older versions after
 * those of the one that is shown.
 */
export function sumUpJourney(
  { steps }: Pick<Journey, 'steps'>,
  groups: readonly RunGroup[],
  messages: readonly StepMessages[],
) {
  const kinds = new Map<string, string>(steps.map(({ id, kind }) => [id, kind]))
  const gone = new Set<string>()
  for (const { visits, status, step } of groups)
    for (const id of [...Object.keys(visits), ...(status === 'running' && step !== null ? [step] : [])])
      if (!kinds.has(id)) gone.add(id)
  const ended: Counts = {}
  for (const { endReason, runs } of groups) if (endReason !== null) increase(ended, endReason, runs)
  const countStep = (id: string) => {
    const isHere = ({ status, step }: RunGroup) => status === 'running' && step === id
    const byState: Counts = {}
    for (const one of messages) if (one.step === id) increase(byState, one.state, one.messages)
    const visited = (visits: Readonly<Counts>) => (Object.hasOwn(visits, id) ? (visits[id] ?? 0) : 0)
    return {
      id,
      kind: kinds.get(id) ?? 'gone',
      waiting: sumOf(groups, isHere),
      held: sumOf(groups, (group) => isHere(group) && group.isHeld),
      entered: groups.reduce((sum, { visits, runs }) => sum + visited(visits) * runs, 0),
      runs: sumOf(groups, ({ visits }) => visited(visits) > 0),
      left: sumOf(
        groups,
        ({ status, step, endReason }) => status === 'ended' && step === id && endReason !== 'completed',
      ),
      messages: byState,
    }
  }
  return {
    totals: {
      entered: sumOf(groups, () => true),
      running: sumOf(groups, ({ status }) => status === 'running'),
      heldOut: ended['held-out'] ?? 0,
      goal: sumOf(groups, ({ endReason }) => endReason === 'goal'),
      ended,
    },
    steps: [...kinds.keys(), ...[...gone].filter((id) => id !== 'end' && id !== 'before').toSorted()].map(
      countStep,
    ),
  }
}
