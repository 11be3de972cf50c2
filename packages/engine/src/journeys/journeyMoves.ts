import { transition, type AnyStateMachine } from 'xstate'
import type { TimedAction } from '../timers.ts'
import type { JourneyFrame } from './journeyFrame.ts'
import type { JourneyStep } from './journeyStep.ts'

/** What a run's machine is told: an instant step is done, what was waited for has happened, a timer is due. */
export interface MachineEvent {
  type: string
  /** With `go`: where to. */
  step?: string
  frame: JourneyFrame
}

/** Where a run stands after it, and what became of its timers. */
export interface Move {
  value: string
  actions: readonly TimedAction[]
}

/** One pure transition of a journey's machine. */
export type JourneyMoves = (value: string, event: MachineEvent) => Move

/** Whether all that leads out of a step by an event is one way, whoever the customer is. */
const isOneWay = (step: JourneyStep | undefined, { type }: MachineEvent) =>
  type === 'go' || (step?.kind !== 'branch' && step?.kind !== 'split' && step?.kind !== 'untilDate')

/** Whether a step takes as long for everybody. */
const isFixed = (step: JourneyStep | undefined) => step?.kind !== 'until' && step?.kind !== 'untilDate'

/**
 * The transitions of a journey's machine, each asked of XState once where it is the same for everybody: XState makes a
 * whole actor for a pure transition, some 20 us of it, and an order starts half a dozen runs. A test holds the
 * remembered ones equal to the machine's.
 */
export function createJourneyMoves(
  machine: AnyStateMachine,
  steps: ReadonlyMap<string, JourneyStep>,
): JourneyMoves {
  const known = new Map<string, Move>()
  const ask = (value: string, event: MachineEvent): Move => {
    const [snapshot, actions] = transition(machine, machine.resolveState({ value, context: {} }), event)
    if (snapshot.status === 'error') throw snapshot.error
    // Only what can be written down: an action also carries the function that would carry it out.
    return { value: snapshot.value as string, actions: actions.map(({ type, params }) => ({ type, params })) }
  }
  return (value, event) => {
    if (!isOneWay(steps.get(value), event)) return ask(value, event)
    const name = `${value} ${event.type} ${event.step ?? ''}`
    const remembered = known.get(name)
    if (remembered) return remembered
    const move = ask(value, event)
    if (isFixed(steps.get(move.value))) known.set(name, move)
    return move
  }
}
