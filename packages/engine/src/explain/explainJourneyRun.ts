import type { Customer } from '../customer.ts'
import { BEFORE, isResting, type CompiledJourney } from '../journeys/compileJourney.ts'
import type { Enrolment } from '../journeys/enrolment.ts'
import type { Happening } from '../journeys/happening.ts'
import type { JourneyFrame } from '../journeys/journeyFrame.ts'
import { journeyGraph, leastTimes, type JourneyGraph } from '../journeys/journeyGraph.ts'
import { END, type JourneyStep } from '../journeys/journeyStep.ts'
import { UNSENT } from '../journeys/runJourney.ts'
import type { Settings } from '../settings.ts'
import { timerOf } from '../timers.ts'

/** What a run waits for. */
export type RunWait =
  /** A delay, a time of day or a day. */
  | { kind: 'time'; until: number }
  | { kind: 'event'; event: string; until: number }
  | { kind: 'condition' | 'cartClosed'; until: number }
  /** Its journey is paused, and it was due. */
  | { kind: 'held'; since: number }
  /** It is through, but its last mail has not left yet: until then it can be withdrawn. */
  | { kind: 'unsent'; until: number }

/** Something that would end a run before its last step. */
export type RunEnding =
  /** Counts until then. */
  | { kind: 'goal'; on: Happening['kind']; event: string | null; until: number }
  | { kind: 'exit'; name: string; on: Happening['kind']; event: string | null }
  /** It is all marketing: taking back the permission ends it. */
  | { kind: 'unsubscribe' }

/** One run that is under way, as it stands now. */
export interface RunStanding {
  id: string
  version: number
  key: string | null
  startedAt: number
  /** `end` where it is through. */
  step: string
  stepKind: JourneyStep['kind'] | null
  stepSince: number
  waitsFor: RunWait | null
  /** The steps that may come next, each with the earliest time. */
  next: readonly { step: string; at: number }[]
  /** The next mail that may come, at the earliest and as branches would be decided now; null where there is none. */
  nextMail: { step: string; template: string; at: number } | null
  endings: readonly RunEnding[]
}

const eventOf = (on: Happening) => (on.kind === 'event' ? (on.name ?? on.type) : null)

/** The name of a step's timer: XState's, as `compileJourney` makes it. */
const timerIdOf = (step: string) => `xstate.after.${step}.journey.${step}`

function waitOf(run: Enrolment, step: JourneyStep | undefined, due: number | undefined): RunWait | null {
  if (run.held) return { kind: 'held', since: run.held.dueAt }
  if (!step || due === undefined) return null
  if (step.kind !== 'wait') return { kind: 'time', until: due }
  const { kind } = step.for
  if (step.for.kind === 'event') return { kind: 'event', event: step.for.name ?? step.for.type, until: due }
  return { kind: kind === 'condition' ? 'condition' : 'cartClosed', until: due }
}

interface Ahead {
  step: string
  at: number
}

/** Where a run may go on from the step at which it rests, and when at the earliest. */
function waysOn({ definition }: CompiledJourney, step: JourneyStep, due: number, at: number): Ahead[] {
  const graph = journeyGraph(definition)
  const edges = graph.steps.get(step.id)?.edges ?? []
  if (step.kind !== 'wait') return edges.map(({ to }) => ({ step: to, at: due }))
  const [met, timeout] = edges
  const ways = [...(met ? [{ step: met.to, at }] : []), ...(timeout ? [{ step: timeout.to, at: due }] : [])]
  // Both lead to the same: as soon as it happens.
  return ways.filter(({ step: to }, index) => ways.findIndex((one) => one.step === to) === index)
}

/** The ways of a journey, of which a branch or a split has only the one that the customer would go now. */
function graphNow({ definition, move }: CompiledJourney, frame: JourneyFrame): JourneyGraph {
  const { start, steps } = journeyGraph(definition)
  const taken = [...steps].map(([id, known]): [string, typeof known] => {
    if (known.step.kind !== 'branch' && known.step.kind !== 'split') return [id, known]
    const { value } = move(id, { type: 'next', frame })
    return [id, { ...known, edges: known.edges.filter(({ to }) => to === value) }]
  })
  return { start, steps: new Map(taken) }
}

function nextMailOf(
  compiled: CompiledJourney,
  ways: readonly Ahead[],
  frame: JourneyFrame,
): RunStanding['nextMail'] {
  const { steps } = compiled
  const graph = graphNow(compiled, frame)
  let first: RunStanding['nextMail'] = null
  const consider = (id: string, at: number) => {
    const step = steps.get(id)
    if (step?.kind === 'send' && (!first || at < first.at)) first = { step: id, template: step.template, at }
  }
  for (const { step, at } of ways) {
    consider(step, at)
    if (steps.get(step)?.kind === 'send') continue
    for (const [id, time] of leastTimes(graph, step, ({ kind }) => kind === 'send')) consider(id, at + time)
  }
  return first
}

/** How one run stands. */
export function explainJourneyRun(
  customer: Customer,
  run: Enrolment,
  compiled: CompiledJourney,
  at: number,
  settings: Settings,
): RunStanding {
  const { definition, steps, isMarketing } = compiled
  const step = steps.get(run.value)
  const due = step && isResting(step) ? timerOf(customer.timers, run.id, timerIdOf(step.id)) : undefined
  const unsentUntil = step ? undefined : timerOf(customer.timers, run.id, UNSENT)
  const ways = step && (due !== undefined || run.held) ? waysOn(compiled, step, due ?? at, at) : []
  const { goal, exits } = definition
  return {
    id: run.id,
    version: run.version,
    key: run.key,
    startedAt: run.startedAt,
    step: run.value === BEFORE ? (definition.steps[0]?.id ?? END) : run.value,
    stepKind: step?.kind ?? null,
    stepSince: run.since,
    waitsFor: unsentUntil === undefined ? waitOf(run, step, due) : { kind: 'unsent', until: unsentUntil },
    next: ways,
    nextMail: nextMailOf(compiled, ways, { at, customer, settings }),
    endings: [
      ...(goal && run.startedAt + goal.within >= at
        ? [
            {
              kind: 'goal' as const,
              on: goal.on.kind,
              event: eventOf(goal.on),
              until: run.startedAt + goal.within,
            },
          ]
        : []),
      ...exits.map(({ on }, index) => ({
        kind: 'exit' as const,
        name: compiled.exits[index]?.name ?? String(index),
        on: on.kind,
        event: eventOf(on),
      })),
      ...(isMarketing ? [{ kind: 'unsubscribe' as const }] : []),
    ],
  }
}
