import { compileSegments, type SegmentDefinition } from '../segments/compileSegments.ts'
import { placeOf } from '../segments/eventCounter.ts'
import { leavesOf } from '../segments/ruleLeaves.ts'
import type { Journey } from './journey.ts'
import { rulesIn } from './journeyPlaces.ts'

const rulesOf = (journey: Journey) => rulesIn(journey).map(({ rule }) => rule)

/**
 * Whether a journey's rules ask for events that nobody has counted so far, or not so many of them, or not when they
 * happened: its runs may begin only when everybody's history was folded anew.
 *
 * @param counted what everybody was looked at by
 */
export function countsAnew(
  journey: Journey,
  counted: { segments: readonly SegmentDefinition[]; journeys: readonly Journey[] },
): boolean {
  const rules = counted.journeys.flatMap(rulesOf)
  const { counters } = compileSegments(counted.segments, rules)
  return rulesOf(journey)
    .flatMap(leavesOf)
    .some((leaf) => {
      if (leaf.kind !== 'event') return false
      const ofType = counters.get(leaf.type)
      const { key } = placeOf(leaf)
      const known = leaf.name === undefined ? ofType?.any : ofType?.named.get(leaf.name)
      const counter = known?.find((one) => one.key === key)
      return !counter || counter.kept < leaf.atLeast || (leaf.within !== null && !counter.hasWindow)
    })
}
