import type { Journey } from './journey.ts'
import type { JourneyProblem } from './journeyProblem.ts'
import type { JourneyWorld } from './journeyWorld.ts'
import { validateFlow } from './validateFlow.ts'
import { validateManners } from './validateManners.ts'
import { validateNames } from './validateNames.ts'
import { validateRules } from './validateRules.ts'

/**
 * What is wrong with a journey in a shop, each problem with its place: errors first, both in the order of the definition.
 * A journey without errors can be published: it compiles, each of its steps is come to, and none of its runs goes in a
 * circle without time passing.
 *
 * Names that the shop may yet come to send are not held against it too early. Events of the e-commerce specification, of
 * Ciclo and of the page on events are always known, and so are the traits of Segment's `identify` and those that a
 * journey writes. Any other event is an error once events have come in (`world.events`), else a warning; so is a trait.
 *
 * Conditions are looked at as far as a bounded search for contradictions goes: what it calls impossible is.
 *
 * @param journey as `JourneySchema` reads it, which has checked all that can be seen without the shop
 */
export function validateJourney(journey: Journey, world: JourneyWorld): JourneyProblem[] {
  const problems = [
    ...validateFlow(journey, world),
    ...validateNames(journey, world),
    ...validateRules(journey),
    ...validateManners(journey, world),
  ]
  const places = Object.keys(journey)
  const rankOf = ({ severity, path: [field, position] }: JourneyProblem) => [
    severity === 'error' ? 0 : 1,
    places.indexOf(String(field)),
    typeof position === 'number' ? position : 0,
  ]
  return problems
    .map((problem) => ({ problem, rank: rankOf(problem) }))
    .toSorted(
      ({ rank: one }, { rank: other }) =>
        one.map((value, index) => value - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0,
    )
    .map(({ problem }) => problem)
}
