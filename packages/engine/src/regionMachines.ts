import { createMachine, type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { lifecycle, REGIONS, type LifecycleContext, type LifecycleEvent, type Region } from './lifecycle.ts'
import type { TimedAction } from './timers.ts'

/** One region of the lifecycle, run by itself. */
export interface RegionMachine {
  region: Region
  run: (
    state: string,
    context: LifecycleContext,
    event: LifecycleEvent,
  ) => { state: string; context: LifecycleContext; actions: readonly TimedAction[] }
}

const nothing = () => {}

/**
 * What XState's `transition` makes anew for each call, together with a whole actor in its initial state: two fifths of
 * the time. Nothing in the lifecycle sends, spawns or waits, so that of all this only the actions are ever asked for.
 */
function inertScope(actions: TimedAction[]): AnyActorScope {
  const scope = {
    self: {},
    system: { _sendInspectionEvent: nothing },
    id: '',
    sessionId: '',
    defer: nothing,
    emit: nothing,
    logger: nothing,
    stopChild: nothing,
    actionExecutor: (action: TimedAction) => actions.push(action),
  }
  return scope as unknown as AnyActorScope
}

function createRegionMachine(region: Region): { machine: AnyStateMachine; runs: RegionMachine } {
  const { config, implementations } = lifecycle
  const states = { [region]: config.states?.[region] }
  const machine: AnyStateMachine = createMachine({ ...config, states } as object, implementations as object)
  const restored = new Map<string, AnyMachineSnapshot>()
  const restore = (state: string, context: LifecycleContext): AnyMachineSnapshot => {
    let snapshot = restored.get(state)
    if (!snapshot) {
      snapshot = machine.resolveState({ value: { [region]: state }, context })
      restored.set(state, snapshot)
    }
    return { ...snapshot, context }
  }
  const run: RegionMachine['run'] = (state, context, event) => {
    const actions: TimedAction[] = []
    const next = machine.transition(restore(state, context), event, inertScope(actions))
    const value = next.value as Record<string, string>
    return { state: value[region] as string, context: next.context as LifecycleContext, actions }
  }
  return { machine, runs: { region, run } }
}

/**
 * The lifecycle region by region. The regions share no state and read no other's part of the context, so that running
 * those that listen to a signal, one after the other, is running the whole machine; a test holds the two equal. Most
 * signals concern one region, and of XState's 40 microseconds for a transition of all five it takes 10.
 */
const listening = new Map<string, RegionMachine[]>()
for (const region of REGIONS) {
  const { machine, runs } = createRegionMachine(region)
  for (const event of machine.events as string[])
    listening.set(event, [...(listening.get(event) ?? []), runs])
}

const none: readonly RegionMachine[] = []

/** The regions that listen to a signal or timer, in the order of the lifecycle. */
export const regionsFor = (eventType: string): readonly RegionMachine[] => listening.get(eventType) ?? none
