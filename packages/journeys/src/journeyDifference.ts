import { equalJson, type Journey } from '@ciclo/engine'
import { isBag, type Bag } from './isBag.ts'
import { journeyForm } from './journeyForm.ts'

/** One thing in which two definitions differ. */
export interface JourneyChange {
  kind: 'added' | 'removed' | 'moved' | 'changed'
  /** The id of the step; null where it is about the journey as a whole. */
  step: string | null
  /** Dotted, such as `ways.0.when`; null where it is about the step as a whole. */
  field: string | null
  /** As they are written, durations as text; undefined where there was or is nothing. */
  from?: unknown
  to?: unknown
  /** All of it in one line: `step 'pause': duration 2d -> 3d`. */
  text: string
}

const shown = (value: unknown) => {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function changedFields(
  from: unknown,
  to: unknown,
  path: readonly string[],
): [field: string, from: unknown, to: unknown][] {
  if (equalJson(from, to)) return []
  if (isBag(from) && isBag(to)) {
    const names = new Set([...Object.keys(from), ...Object.keys(to)])
    return [...names].flatMap((name) => changedFields(from[name], to[name], [...path, name]))
  }
  const areLists = Array.isArray(from) && Array.isArray(to) && from.length === to.length
  if (areLists && from.every(isBag) && to.every(isBag))
    return from.flatMap((item, index) => changedFields(item, to[index], [...path, String(index)]))
  return [[path.join('.'), from, to]]
}

const changesOf = (step: string | null, from: Bag, to: Bag): JourneyChange[] =>
  changedFields(from, to, []).map(([field, before, after]) => {
    const text = `${step === null ? '' : `step '${step}': `}${field} ${shown(before)} -> ${shown(after)}`
    return { kind: 'changed', step, field, from: before, to: after, text }
  })

/** The longest part of a list of numbers that ascends: what has kept its order. */
function ascending(numbers: readonly number[]): Set<number> {
  const best: number[][] = []
  for (const number of numbers) {
    const before = best.filter((one) => (one.at(-1) ?? -1) < number)
    const longest = before.reduce<number[]>((known, one) => (one.length > known.length ? one : known), [])
    best.push([...longest, number])
  }
  return new Set(best.reduce((known, one) => (one.length > known.length ? one : known), []))
}

const placeOf = (ids: readonly string[], id: string) => {
  const before = ids[ids.indexOf(id) - 1]
  return before === undefined ? 'the beginning' : `after '${before}'`
}

/**
 * How one definition becomes the other: the fields of the journey first, then its steps, each found by its id. The same
 * journey, however it is written, has no difference.
 */
export function journeyDifference(one: Journey, other: Journey): JourneyChange[] {
  const [before, after] = [one, other].map((journey) => {
    const { steps, ...rest } = journeyForm(journey, { keepsDefaults: true })
    return { rest, steps: new Map((steps as Bag[]).map((step) => [String(step['id']), step])) }
  }) as [{ rest: Bag; steps: Map<string, Bag> }, { rest: Bag; steps: Map<string, Bag> }]
  const ids = { before: [...before.steps.keys()], after: [...after.steps.keys()] }
  const kept = ids.after.filter((id) => before.steps.has(id))
  const inPlace = ascending(kept.map((id) => ids.before.indexOf(id)))

  const steps = ids.after.flatMap((id): JourneyChange[] => {
    const from = before.steps.get(id)
    const to = after.steps.get(id) ?? {}
    const place = placeOf(ids.after, id)
    if (!from) return [{ kind: 'added', step: id, field: null, to, text: `step '${id}': added, ${place}` }]
    const was = placeOf(ids.before, id)
    const isMoved = !inPlace.has(ids.before.indexOf(id))
    const text = `step '${id}': moved, from ${was} to ${place}`
    return [
      ...(isMoved ? [{ kind: 'moved', step: id, field: null, from: was, to: place, text } as const] : []),
      ...changesOf(id, from, to),
    ]
  })
  const removed = ids.before
    .filter((id) => !after.steps.has(id))
    .map((id): JourneyChange => {
      return {
        kind: 'removed',
        step: id,
        field: null,
        from: before.steps.get(id),
        text: `step '${id}': removed`,
      }
    })
  return [...changesOf(null, before.rest, after.rest), ...steps, ...removed]
}
