import type { JourneyStep } from '@ciclo/engine'
import {
  END,
  followingOf,
  mainSlot,
  slotsOf,
  targetOf,
  withTarget,
  writtenTarget,
  type WayPlace,
} from './ways.ts'

type Steps = readonly JourneyStep[]

const positionOf = (steps: Steps, id: string) => steps.findIndex((step) => step.id === id)

/** A step that says where it goes on, also where that is the one written next. */
function pinned(step: JourneyStep, following: string): JourneyStep {
  const main = mainSlot(step)
  return main === null || writtenTarget(step, main) !== undefined ? step : withTarget(step, main, following)
}

/** Of what was changed, nothing is written that the order says already. */
function tidied(steps: Steps, before: Steps): JourneyStep[] {
  const known = new Set(before)
  return steps.map((step, position) => {
    const main = mainSlot(step)
    if (known.has(step) || main === null || step.kind === 'split') return step
    return writtenTarget(step, main) === followingOf(steps, position)
      ? withTarget(step, main, undefined)
      : step
  })
}

/** A step all of whose ways lead to one target. */
export function aimedAt(step: JourneyStep, to: string): JourneyStep {
  const plain = withTarget(withTarget(step, 'onTimeout', undefined), 'onMissing', undefined)
  const bare = step.kind === 'wait' || step.kind === 'untilDate' ? plain : step
  return slotsOf(bare)
    .filter((slot) => slot !== 'onTimeout')
    .reduce((aimed, slot) => withTarget(aimed, slot, to), bare)
}

/** Every written mention of a step leads somewhere else. */
const reled = (step: JourneyStep, from: string, to: string): JourneyStep =>
  slotsOf(step).reduce(
    (led, slot) => (writtenTarget(led, slot) === from ? withTarget(led, slot, to) : led),
    step,
  )

/** Where runs go on from a step that is taken out. */
function afterOf(steps: Steps, position: number): string {
  const step = steps[position]
  if (!step) return END
  const main = mainSlot(step)
  if (main === null) return END
  const targets = [main, ...slotsOf(step)].map((slot) => targetOf(step, slot, followingOf(steps, position)))
  return targets[0] === step.id ? (targets.find((to) => to !== step.id) ?? END) : (targets[0] ?? END)
}

/** Puts a step, which leads where it should, onto a way: what has taken the way comes to it. */
export function insertOnWay(
  steps: Steps,
  { from, slot }: WayPlace,
  make: (target: string) => JourneyStep,
): JourneyStep[] {
  if (from === null) {
    const step = make(steps[0]?.id ?? END)
    return tidied([step, ...steps], steps)
  }
  const at = positionOf(steps, from)
  const source = steps[at]
  if (!source) return [...steps]
  const target = targetOf(source, slot, followingOf(steps, at))
  const there = positionOf(steps, target)
  const fallsThrough = slot === mainSlot(source) && writtenTarget(source, slot) === undefined
  const position = fallsThrough ? at + 1 : target === END ? steps.length : there > at ? there : at + 1
  const step = make(target)
  const led = steps.map((one, place) =>
    place === position - 1 ? pinned(one, followingOf(steps, place)) : one,
  )
  const leading = led[at] ?? source
  // A wait whose timeout goes on as if it had happened does so still, where it did.
  const kept =
    leading.kind === 'wait' && slot === 'next' && leading.onTimeout === undefined
      ? withTarget(leading, 'onTimeout', target)
      : leading
  return tidied(led.with(at, withTarget(kept, slot, step.id)).toSpliced(position, 0, step), steps)
}

/** Puts a step before another: whatever comes to that one comes to it first. */
function insertBefore(steps: Steps, id: string, make: (target: string) => JourneyStep): JourneyStep[] {
  const step = make(id)
  const position = positionOf(steps, id)
  return tidied(steps.map((one) => reled(one, id, step.id)).toSpliced(position, 0, step), steps)
}

/** Takes a step out: what leads to it leads to what follows it. Undefined where it is the only one. */
export function withoutStep(steps: Steps, id: string): JourneyStep[] | undefined {
  const position = positionOf(steps, id)
  if (position < 0 || steps.length === 1) return undefined
  const after = afterOf(steps, position)
  const led = steps.map((step, at) =>
    reled(at === position - 1 ? pinned(step, followingOf(steps, at)) : step, id, after),
  )
  // A step that the order leads to keeps its name in nothing: it is only dropped.
  return tidied(led.toSpliced(position, 1), steps)
}

/** Where a step may be moved to. */
export type MoveTo = WayPlace | { before: string }

/**
 * Moves a step. Those of its ways that led to what followed it lead to what follows it then; others stay. Undefined where
 * it stands there already.
 */
export function movedStep(steps: Steps, id: string, to: MoveTo): JourneyStep[] | undefined {
  const position = positionOf(steps, id)
  const step = steps[position]
  const rest = withoutStep(steps, id)
  if (!step || !rest) return undefined
  const after = afterOf(steps, position)
  const following = followingOf(steps, position)
  const targets = slotsOf(step).map((slot) => [slot, targetOf(step, slot, following)] as const)
  const isJoined = step.kind === 'wait' && step.onTimeout === undefined
  const make = (target: string) =>
    targets
      .filter(([slot]) => !(isJoined && slot === 'onTimeout'))
      .reduce((made, [slot, old]) => withTarget(made, slot, old === after ? target : old), step)
  if ('before' in to) return to.before === id ? undefined : insertBefore(rest, to.before, make)
  if (to.from === id) return undefined
  const source = to.from === null ? undefined : steps[positionOf(steps, to.from)]
  const leadsTo = source
    ? targetOf(source, to.slot, followingOf(steps, positionOf(steps, source.id)))
    : steps[0]?.id
  return leadsTo === id ? undefined : insertOnWay(rest, to, make)
}
