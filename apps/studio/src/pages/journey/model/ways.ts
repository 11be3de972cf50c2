import type { Journey, JourneyStep } from '@ciclo/engine'

/** Where runs end. */
export const END = 'end'

/** Which of a step's ways: the field that says where to go on. `start` is the way from the trigger to the first step. */
export type Slot = 'start' | 'next' | 'otherwise' | 'onTimeout' | 'onMissing' | `ways.${number}`

/** A way from one step to another, or to `end`. */
export interface Way {
  /** The id of a step; null for the trigger. */
  from: string | null
  slot: Slot
  to: string
}

/** The place of a way, wherever it leads. */
export type WayPlace = Pick<Way, 'from' | 'slot'>

/** The way that a step goes on by where nothing else is said; an end has none. */
export function mainSlot(step: JourneyStep): Slot | null {
  if (step.kind === 'end') return null
  if (step.kind === 'split') return 'ways.0'
  return step.kind === 'branch' ? 'otherwise' : 'next'
}

const indexOf = (slot: Slot): number => (slot.startsWith('ways.') ? Number(slot.slice('ways.'.length)) : -1)

/** What a step itself says of a way; undefined where it leaves it to the order, or to its other way. */
export function writtenTarget(step: JourneyStep, slot: Slot): string | undefined {
  if (slot === 'otherwise') return step.kind === 'branch' ? step.otherwise : undefined
  if (slot === 'onTimeout') return step.kind === 'wait' ? step.onTimeout : undefined
  if (slot === 'onMissing') return step.kind === 'untilDate' ? step.onMissing : undefined
  if (slot === 'next') return 'next' in step ? step.next : undefined
  return step.kind === 'branch' || step.kind === 'split' ? step.ways[indexOf(slot)]?.to : undefined
}

/** The step with another target of one of its ways; undefined leaves it to the order. */
export function withTarget(step: JourneyStep, slot: Slot, to: string | undefined): JourneyStep {
  if (step.kind === 'branch' && slot.startsWith('ways.'))
    return {
      ...step,
      ways: step.ways.map((way, at) => (at === indexOf(slot) ? { ...way, to: to ?? END } : way)),
    }
  if (step.kind === 'split')
    return {
      ...step,
      ways: step.ways.map((way, at) => (at === indexOf(slot) ? { ...way, to: to ?? END } : way)),
    }
  const rest = Object.entries(step).filter(([name]) => name !== slot)
  return Object.fromEntries(to === undefined ? rest : [...rest, [slot, to]]) as JourneyStep
}

/** The ways of a step, in the order in which they are asked. */
export function slotsOf(step: JourneyStep): Slot[] {
  switch (step.kind) {
    case 'end':
      return []
    case 'split':
      return step.ways.map((_, index): Slot => `ways.${index}`)
    case 'branch':
      return [...step.ways.map((_, index): Slot => `ways.${index}`), 'otherwise']
    case 'wait':
      return ['next', 'onTimeout']
    case 'untilDate':
      return step.onMissing === undefined ? ['next'] : ['next', 'onMissing']
    case 'send':
    case 'delay':
    case 'until':
    case 'update':
    case 'coupon':
    case 'webhook':
    case 'startJourney':
    case 'endJourney':
      break
  }
  return ['next']
}

/** Where a way of a step leads, as `journeyGraph` of the engine has it. */
export function targetOf(step: JourneyStep, slot: Slot, following: string): string {
  const written = writtenTarget(step, slot)
  if (written !== undefined) return written
  return slot === 'onTimeout' ? (writtenTarget(step, 'next') ?? following) : following
}

export const followingOf = (steps: readonly JourneyStep[], position: number): string =>
  steps[position + 1]?.id ?? END

/** All ways of a journey: from the trigger, then those of each step in the order of writing. */
export function waysIn({ steps }: Pick<Journey, 'steps'>): Way[] {
  return [
    { from: null, slot: 'start', to: steps[0]?.id ?? END },
    ...steps.flatMap((step, position) =>
      slotsOf(step).map((slot) => ({
        from: step.id,
        slot,
        to: targetOf(step, slot, followingOf(steps, position)),
      })),
    ),
  ]
}
