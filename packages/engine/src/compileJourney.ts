import { createMachine, type AnyStateMachine } from 'xstate'
import type { Journey, JourneyStep } from './journey.ts'

/** A journey version ready to run: immutable, and shared by all its enrolments. */
export interface CompiledJourney {
  definition: Journey
  machine: AnyStateMachine
  steps: ReadonlyMap<string, JourneyStep>
}

/** The action by which a journey's machine asks for its step to be carried out. */
export const SEND_ACTION = 'send'

const END = 'journeyEnd'

/**
 * Compiles a journey to an XState machine: a state per step, in their order. The machine is always called `journey`
 * and delays are named by their step, so that timers outlive an edit of a delay's length.
 */
export function compileJourney(definition: Journey): CompiledJourney {
  const delays: Record<string, number> = {}
  const states: Record<string, object> = {}
  definition.steps.forEach((step, position) => {
    const next = definition.steps[position + 1]?.id ?? END
    if (step.kind === 'delay') {
      delays[step.id] = step.duration
      states[step.id] = { after: { [step.id]: next } }
    } else {
      states[step.id] = { entry: { type: SEND_ACTION, params: { step: step.id } }, always: next }
    }
  })
  states[END] = { type: 'final' }
  // As many mails may follow each other at once as the journey has; more would be a circle.
  const options = { maxIterations: definition.steps.length + 1 }
  const machine = createMachine(
    { id: 'journey', initial: definition.steps[0]?.id ?? END, options, states },
    { delays, actions: { [SEND_ACTION]: () => {} } },
  )
  return { definition, machine, steps: new Map(definition.steps.map((step) => [step.id, step])) }
}
