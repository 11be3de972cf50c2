import type { EventInput } from '../input.ts'
import { explainJourneyRun, type RunWait } from '../explain/explainJourneyRun.ts'
import { journeyOf, type Rules } from '../rules.ts'
import type { Transition } from '../transitionReason.ts'
import type { Enrolment, RunCoupon } from './enrolment.ts'
import { END } from './journeyStep.ts'
import type { SimulatedMessage, SimulationWatch } from './simulate.ts'

/** Something that happens in a simulation. Times are epoch milliseconds. */
export type StoryEntry = { at: number } & (
  | { kind: 'event'; input: EventInput }
  | { kind: 'transition'; transition: Transition }
  | { kind: 'run'; what: 'began' | 'ended'; run: Enrolment }
  /** A run has come to a step; `wait` is what it waits for there. */
  | { kind: 'step'; run: Enrolment; step: string; wait: RunWait | null }
  | { kind: 'mail'; mail: SimulatedMessage }
  | { kind: 'coupon'; run: Enrolment; coupon: RunCoupon }
  | { kind: 'webhook'; url: string; journeyId: string; step: string }
)

/** The steps that a run has come to, in the order in which it first came to each. */
function stepsEntered(before: Enrolment | undefined, run: Enrolment): string[] {
  const entered = Object.keys(run.visits).filter(
    (step) => (run.visits[step] ?? 0) > (before?.visits[step] ?? 0),
  )
  // Where it stands now it came to last, however often it was there before.
  return entered.includes(run.value)
    ? [...entered.filter((step) => step !== run.value), run.value]
    : entered.filter((step) => step !== END)
}

/**
 * Writes down what happens in a simulation by these rules, in its order: its watch is given to the simulation. What
 * Ciclo itself tells of, such as a mail that has left, stands there as the mail, and not as an event once more.
 */
export function createStory(rules: Rules): { entries: StoryEntry[]; watch: SimulationWatch } {
  const entries: StoryEntry[] = []
  const tellRun = (before: Enrolment | undefined, run: Enrolment, told: Parameters<Told>[0]) => {
    const { at } = told.input
    if (!before) entries.push({ at, kind: 'run', what: 'began', run })
    const compiled = journeyOf(rules, run)
    for (const step of stepsEntered(before, run)) {
      const isHere = step === run.value && run.endedAt === null && compiled !== undefined
      const standing = isHere
        ? explainJourneyRun(told.result.customer, run, compiled, at, rules.settings)
        : undefined
      entries.push({ at, kind: 'step', run, step, wait: standing?.waitsFor ?? null })
    }
    if (run.coupon && JSON.stringify(run.coupon) !== JSON.stringify(before?.coupon))
      entries.push({ at, kind: 'coupon', run, coupon: run.coupon })
    if (run.endedAt !== null && (before?.endedAt ?? null) === null)
      entries.push({ at, kind: 'run', what: 'ended', run })
  }
  return {
    entries,
    watch: {
      onStep: (told) => {
        const { input, before, result } = told
        if (input.kind === 'event' && input.source !== 'own')
          entries.push({ at: input.at, kind: 'event', input })
        for (const transition of result.transitions)
          entries.push({ at: transition.at, kind: 'transition', transition })
        for (const run of Object.values(result.customer.enrolments))
          if (before.enrolments[run.id] !== run) tellRun(before.enrolments[run.id], run, told)
        for (const effect of result.effects)
          if (effect.type === 'webhook') {
            const { at, url, journeyId, stepId: step } = effect
            entries.push({ at, kind: 'webhook', url, journeyId, step })
          }
      },
      onMail: (mail, at) => entries.push({ at, kind: 'mail', mail }),
    },
  }
}

type Told = SimulationWatch['onStep']
