import { createMachine, type AnyStateMachine } from 'xstate'
import type { Customer } from '../customer.ts'
import { compileRule, type SegmentTest } from '../segments/compileRule.ts'
import { compileDues } from '../segments/ruleDues.ts'
import type { SegmentRule } from '../segments/segmentRule.ts'
import { stableShare } from '../stableShare.ts'
import { zoneOf } from '../zoneOf.ts'
import { compileHappening, type CompiledHappening } from './happens.ts'
import { isMarketing, type Journey } from './journey.ts'
import type { JourneyFrame } from './journeyFrame.ts'
import { createJourneyMoves, type JourneyMoves, type MachineEvent } from './journeyMoves.ts'
import { END, type JourneyStep, type StepOf } from './journeyStep.ts'
import { rulesIn } from './journeyPlaces.ts'
import { nextLocalTime } from './localTime.ts'
import { traitInstant } from './traitInstant.ts'

/**
 * What a version does: `live` takes new runs, `paused` takes none and holds those it has, `finishing` only ends what
 * runs.
 */
export type JourneyStatus = 'live' | 'paused' | 'finishing'

export interface CompiledExit {
  on: CompiledHappening
  name: string
}

/** A journey version ready to run: immutable, and shared by all its runs. */
export interface CompiledJourney {
  definition: Journey
  version: number
  status: JourneyStatus
  machine: AnyStateMachine
  move: JourneyMoves
  steps: ReadonlyMap<string, JourneyStep>
  isMarketing: boolean
  entry: SegmentTest | null
  goal: CompiledHappening | null
  exits: readonly CompiledExit[]
  /** What each wait waits for, by its step. */
  waits: ReadonlyMap<string, CompiledHappening>
  /** Every rule that it asks, for the events that they count. */
  rules: readonly SegmentRule[]
  /** When time alone may turn a rule that a run is watched by; null where it never does. */
  nextTurn: ((customer: Customer, at: number) => number | null) | null
}

/** Where a run is before its first step. */
export const BEFORE = 'before'

interface Told {
  event: MachineEvent
}

const frameOf = ({ event }: Told) => event.frame

/** Before any day that a trait may name: epoch milliseconds. */
const LONG_AGO = -8.64e15

/** Milliseconds that a step takes from now on. */
function delayOf(step: JourneyStep, frame: JourneyFrame): number {
  if (step.kind === 'delay') return step.duration
  if (step.kind === 'wait') return step.timeout
  if (step.kind === 'until') {
    const zone = zoneOf(frame.customer, frame.settings)
    return nextLocalTime(frame.at, zone, step.at, step.weekdays) - frame.at
  }
  if (step.kind !== 'untilDate') return 0
  const day = traitInstant(frame.customer, step, frame.settings, frame.at - 1)
  return Math.max(0, (day ?? frame.at) - frame.at)
}

/** Whether a run stays at a step until time or something else moves it on. */
export const isResting = ({ kind }: JourneyStep) =>
  kind === 'delay' || kind === 'until' || kind === 'untilDate' || kind === 'wait'

/** Which way a customer goes at a split: always the same, spread by the weights. */
function wayOf({ id, ways }: StepOf<'split'>, journeyId: string, { customer }: JourneyFrame): number {
  const total = ways.reduce((sum, { weight }) => sum + weight, 0)
  let place = stableShare(`${customer.id}/${journeyId}/${id}`) * total
  for (const [index, { weight }] of ways.entries()) {
    place -= weight
    if (place < 0) return index
  }
  return ways.length - 1
}

interface WayParams {
  step: string
  way: number
}

const always = (target: string) => ({ target, reenter: true })

/** The state of the machine that a step is: which events lead out of it, and where to. */
function stateOf(step: JourneyStep, after: string): object {
  const next = ('next' in step ? step.next : undefined) ?? after
  const guarded = (guard: string, to: string, way: number) => ({
    guard: { type: guard, params: { step: step.id, way } satisfies WayParams },
    target: to,
    reenter: true,
  })
  if (step.kind === 'delay' || step.kind === 'until') return { after: { [step.id]: always(next) } }
  if (step.kind === 'untilDate') {
    const { id, onMissing } = step
    const ways = onMissing === undefined ? [] : [guarded('isMissing', onMissing, 0)]
    return { after: { [id]: [...ways, always(next)] } }
  }
  if (step.kind === 'wait')
    return { on: { met: always(next) }, after: { [step.id]: always(step.onTimeout ?? next) } }
  if (step.kind === 'branch') {
    const ways = step.ways.map(({ to }, way) => guarded('isTrue', to, way))
    return { on: { next: [...ways, always(step.otherwise ?? after)] } }
  }
  if (step.kind === 'split')
    return { on: { next: step.ways.map(({ to }, way) => guarded('isWay', to, way)) } }
  const target = step.kind === 'end' ? END : next
  return { entry: { type: step.kind, params: { step: step.id } }, on: { next: always(target) } }
}

/**
 * Compiles a journey to an XState machine: a state per step. Steps that take no time wait for `next`, so that what one
 * does is seen by the guards of those after it. The machine is always called `journey` and delays are named by their
 * step, so that timers outlive an edit of a delay's length.
 */
export function compileJourney(
  definition: Journey,
  version: number,
  status: JourneyStatus = 'live',
): CompiledJourney {
  const { key, goal, exits, steps } = definition
  const byId = new Map(steps.map((step) => [step.id, step]))
  const tests = new Map<string, SegmentTest[]>()
  const waits = new Map<string, CompiledHappening>()
  const delays: Record<string, (told: Told) => number> = {}
  const states: Record<string, object> = {}
  const actions: Record<string, () => void> = {}
  for (const [position, step] of steps.entries()) {
    states[step.id] = stateOf(step, steps[position + 1]?.id ?? END)
    if (isResting(step)) delays[step.id] = (told) => delayOf(step, frameOf(told))
    else actions[step.kind] = () => {}
    if (step.kind === 'branch')
      tests.set(
        step.id,
        step.ways.map(({ when }) => compileRule(when)),
      )
    if (step.kind === 'wait') waits.set(step.id, compileHappening(step.for, key))
  }
  states[END] = { type: 'final' }
  states[BEFORE] = {
    on: {
      go: steps.map(({ id }) => ({ guard: { type: 'isStep', params: { step: id, way: 0 } }, target: id })),
    },
  }
  const guards = {
    isStep: ({ event }: Told, { step }: WayParams) => event.type === 'go' && event.step === step,
    isTrue: (told: Told, { step, way }: WayParams) => {
      const { customer, at } = frameOf(told)
      return tests.get(step)?.[way]?.(customer, at) ?? false
    },
    isWay: (told: Told, { step, way }: WayParams) => {
      const split = byId.get(step)
      return split?.kind === 'split' && wayOf(split, definition.id, frameOf(told)) === way
    },
    isMissing: (told: Told, { step }: WayParams) => {
      const waiting = byId.get(step)
      if (waiting?.kind !== 'untilDate') return false
      const { customer, settings, at } = frameOf(told)
      return traitInstant(customer, waiting, settings, waiting.yearly ? at - 1 : LONG_AGO) === null
    },
  }
  const machine = createMachine({ id: 'journey', initial: BEFORE, options: { maxIterations: 100 }, states }, {
    delays,
    guards,
    actions,
  } as object)
  const compiledGoal = goal ? compileHappening(goal.on, key) : null
  const compiledExits = exits.map(({ on, name }, index): CompiledExit => ({
    on: compileHappening(on, key),
    name:
      name ??
      (on.kind === 'event'
        ? wordsOf(on.name ?? on.type)
        : on.kind === 'condition'
          ? `rule-${index + 1}`
          : 'cart-closed'),
  }))
  const watched = [compiledGoal, ...compiledExits.map(({ on }) => on), ...waits.values()].flatMap(
    (one) => one?.rules ?? [],
  )
  return {
    definition,
    version,
    status,
    machine,
    move: createJourneyMoves(machine, byId),
    steps: byId,
    isMarketing: isMarketing(definition),
    entry: definition.entry ? compileRule(definition.entry) : null,
    goal: compiledGoal,
    exits: compiledExits,
    waits,
    rules: rulesIn(definition).map(({ rule }) => rule),
    nextTurn: compileDues(watched),
  }
}

/** The words of an event's name as an id has them: `order-completed`. */
const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'event'
