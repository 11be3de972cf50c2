import type { Journey } from '@ciclo/engine'
import type { PublishPreview, StepMapping } from './publishQueries.ts'

/** The runs at one step of any version: all of them go on at the same. */
interface StepToMove {
  /** Null: they are through, and only wait until the last mail has left. */
  step: string | null
  runs: number
  versions: number[]
  to: string | null
}

const isThrough = (step: string | null) => step === null || step === 'end'

/** Where runs are, a step each, whatever version they are in. */
export function stepsToMove(runs: PublishPreview['runs']): StepToMove[] {
  const steps = new Map<string | null, StepToMove>()
  for (const one of runs) {
    const step = isThrough(one.step) ? null : one.step
    const known = steps.get(step)
    steps.set(step, {
      step,
      runs: (known?.runs ?? 0) + one.runs,
      versions: [...new Set([...(known?.versions ?? []), one.version])],
      to: known?.to ?? one.to,
    })
  }
  return [...steps.values()]
}

/** The mapping in which one step goes on elsewhere, or, with null, stays. */
export function withStep(steps: readonly StepToMove[], step: string, to: string | null): StepMapping {
  return Object.fromEntries(
    steps.flatMap((one) => {
      const target = one.step === step ? to : one.to
      return one.step === null || target === null ? [] : [[one.step, target]]
    }),
  )
}

/** Why the runs of a step stay if nobody says where they go on. */
export function whyStays(
  { step, to }: Pick<StepToMove, 'step' | 'to'>,
  definition: Journey,
): 'through' | 'gone' | 'other' | null {
  if (step === null) return 'through'
  if (to !== null) return null
  return definition.steps.some(({ id }) => id === step) ? 'other' : 'gone'
}
