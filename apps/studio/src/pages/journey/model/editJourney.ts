import { JourneySchema, type Journey, type JourneyStep } from '@ciclo/engine'
import { aimedAt, insertOnWay, movedStep, withoutStep, type MoveTo } from './changeSteps.ts'
import { freshId } from './freshId.ts'
import { END, mainSlot, slotsOf, waysIn, withTarget, writtenTarget, type WayPlace } from './ways.ts'

/** A journey in the language, with its fields in their order; undefined where it is none. */
export function readJourney(value: unknown): Journey | undefined {
  const read = JourneySchema.safeParse(value)
  return read.success ? read.data : undefined
}

const withSteps = (journey: Journey, steps: readonly JourneyStep[] | undefined): Journey | undefined =>
  steps && readJourney({ ...journey, steps })

/**
 * A new step on a way. Undefined where that would be no journey any more, as with more steps than one may have.
 *
 * @param step as it should be but for its ways, which lead to where the way led
 */
export const addStep = (journey: Journey, way: WayPlace, step: JourneyStep): Journey | undefined =>
  withSteps(
    journey,
    insertOnWay(journey.steps, way, (target) => aimedAt(step, target)),
  )

/** A copy of a step, perhaps of another journey, under a name that is free here. */
export const pasteStep = (
  journey: Journey,
  way: WayPlace,
  copied: JourneyStep,
): { journey: Journey; id: string } | undefined => {
  const id = freshId(journey, copied.id)
  const pasted = addStep(journey, way, { ...copied, id })
  return pasted && { journey: pasted, id }
}

/** Without a step; in the place of the last there is an end, as no journey is without any step. */
export function removeStep(journey: Journey, id: string): Journey | undefined {
  if (journey.steps.length > 1) return withSteps(journey, withoutStep(journey.steps, id))
  const [step] = journey.steps
  if (step?.id !== id || step.kind === 'end') return undefined
  return withSteps(journey, [{ kind: 'end', id: freshId(journey, 'finish') }])
}

export const moveStep = (journey: Journey, id: string, to: MoveTo): Journey | undefined =>
  withSteps(journey, movedStep(journey.steps, id, to))

/** Before the step that leads to it. */
export function moveUp(journey: Journey, id: string): Journey | undefined {
  const position = journey.steps.findIndex((step) => step.id === id)
  const sources = waysIn(journey).flatMap(({ from, to }) =>
    to === id && from !== null && from !== id ? [from] : [],
  )
  const places = sources.map((from) => journey.steps.findIndex((step) => step.id === from))
  const nearest =
    places.filter((place) => place < position).toSorted((one, other) => other - one)[0] ?? places[0]
  const before = nearest === undefined ? undefined : journey.steps[nearest]
  return before && moveStep(journey, id, { before: before.id })
}

/** Behind the step that it leads to. */
export function moveDown(journey: Journey, id: string): Journey | undefined {
  const next = mainWay(journey, id)?.to
  const after = next === undefined ? undefined : journey.steps.find((step) => step.id === next)
  const slot = after && mainSlot(after)
  return after && slot && after.id !== id ? moveStep(journey, id, { from: after.id, slot }) : undefined
}

/** The way that a step goes on by; undefined for an end. */
export function mainWay(journey: Journey, id: string) {
  const step = journey.steps.find((one) => one.id === id)
  const slot = step && mainSlot(step)
  return slot ? waysIn(journey).find((way) => way.from === id && way.slot === slot) : undefined
}

/** A step by another name, also wherever it is named. */
export function renameStep(journey: Journey, id: string, name: string): Journey | undefined {
  if (name === END || (name !== id && journey.steps.some((step) => step.id === name))) return undefined
  const steps = journey.steps.map((step) => {
    const named = step.id === id ? { ...step, id: name } : step
    return slotsOf(named).reduce(
      (led, slot) => (writtenTarget(led, slot) === id ? withTarget(led, slot, name) : led),
      named,
    )
  })
  return withSteps(journey, steps)
}
