import type { Guide, GuideStepId } from './guideQuery.ts'

export type StepState = 'done' | 'now' | 'next' | 'later'

/**
 * What each step is just now: one that is not done is `now`, the first that nobody has put off; when only steps are left
 * that somebody has put off, the first of them comes back. None is, once all are done.
 */
export function stepStates(steps: Guide['steps']): Map<GuideStepId, StepState> {
  const open = steps.filter(({ isDone }) => !isDone)
  const current = open.find(({ isLater }) => !isLater) ?? open[0]
  return new Map(
    steps.map((step) => {
      if (step.isDone) return [step.id, 'done']
      if (step === current) return [step.id, 'now']
      return [step.id, step.isLater ? 'later' : 'next']
    }),
  )
}
