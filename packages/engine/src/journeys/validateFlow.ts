import { canonicalName } from '../canonicalName.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import { DAY } from '../settings.ts'
import type { Journey } from './journey.ts'
import {
  circleThrough,
  journeyGraph,
  momentsOf,
  reachableFrom,
  stepsAtOnce,
  type JourneyGraph,
} from './journeyGraph.ts'
import { journeyProblem, type JourneyPlace, type JourneyProblem } from './journeyProblem.ts'
import type { JourneyWorld } from './journeyWorld.ts'

const quoted = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join(', ')

const placeOf = (position: number, id: string): JourneyPlace => ({ path: ['steps', position], step: id })

function unreachableSteps({ steps }: Journey, reached: ReadonlySet<string>): JourneyProblem[] {
  return steps.flatMap(({ id }, position) => {
    if (reached.has(id)) return []
    const before = steps[position - 1]
    const given = `no way to it${before === undefined ? '' : `, as '${before.id}' does not go on here`}`
    return [journeyProblem('unreachable-step', placeOf(position, id), given, 'a step that goes on to it')]
  })
}

/** Each circle that a run could go round in one instant, told at its first step. */
function circles({ steps }: Journey, graph: JourneyGraph, reached: ReadonlySet<string>): JourneyProblem[] {
  /** As if nothing were ever waited for that may be just now: without a circle there, there is none. */
  const widest = (id: string) =>
    (graph.steps.get(id)?.edges ?? []).filter(({ atOnce }) => atOnce !== 'never').map(({ to }) => to)
  const suspects = steps.filter(({ id }) => reached.has(id) && reachableFrom([id], widest).has(id))
  const seen = new Set<string>()
  return momentsOf(suspects).flatMap((moment) =>
    suspects.flatMap(({ id }) => {
      if (seen.has(id)) return []
      const circle = circleThrough(id, (from) => stepsAtOnce(graph, from, moment))
      if (!circle) return []
      for (const one of circle) seen.add(one)
      const given = `the circle ${quoted([...circle, id])}, which may take no time, or less than 15 minutes`
      const position = steps.findIndex((step) => step.id === id)
      return [
        journeyProblem(
          'loop-without-delay',
          placeOf(position, id),
          given,
          'a delay of 15 minutes or more in it, or an event to wait for',
        ),
      ]
    }),
  )
}

/** The journeys that a run may start in the instant in which it begins. */
function startedAtOnce(journey: Journey, moment: Parameters<typeof stepsAtOnce>[2]): Map<string, number> {
  const graph = journeyGraph(journey)
  const steps = new Set([
    graph.start,
    ...reachableFrom([graph.start], (id) => stepsAtOnce(graph, id, moment)),
  ])
  return new Map(
    journey.steps.flatMap((step, position): [string, number][] =>
      step.kind === 'startJourney' && steps.has(step.id) ? [[step.journey, position]] : [],
    ),
  )
}

const isStarting = ({ steps }: Journey) => steps.some(({ kind }) => kind === 'startJourney')

/** Journeys that start each other, this one among them, in one instant. */
function startsOfItself(journey: Journey, { journeys }: JourneyWorld): JourneyProblem[] {
  const definitionOf = (id: string) => (id === journey.id ? journey : (journeys.get(id) ?? null))
  const known = [
    journey,
    ...[...journeys.values()].flatMap((one) => (one && one.id !== journey.id ? [one] : [])),
  ]
  if (!isStarting(journey)) return []
  for (const moment of momentsOf(known.filter(isStarting).flatMap(({ steps }) => steps))) {
    const next = (id: string) => {
      const definition = definitionOf(id)
      return definition ? [...startedAtOnce(definition, moment).keys()] : []
    }
    const circle = circleThrough(journey.id, next)
    if (!circle) continue
    const position = startedAtOnce(journey, moment).get(circle[1] ?? journey.id) ?? 0
    const given = `a start that leads back to this journey at once: ${quoted([...circle, journey.id])}`
    const step = journey.steps[position]
    const place = { path: ['steps', position, 'journey'], step: step?.id ?? null }
    return [
      journeyProblem(
        'starts-itself',
        place,
        given,
        'a delay of 15 minutes or more before it, or another journey',
      ),
    ]
  }
  return []
}

/** A mail that has left is an event, too: a journey that starts by any would answer its own mails with mails. */
function answersItself({ trigger, reentry, steps }: Journey): JourneyProblem[] {
  if (trigger.kind !== 'event' || trigger.type !== 'track' || trigger.where.length > 0) return []
  if (trigger.name !== undefined && canonicalName(trigger.name) !== EVENT_NAMES.emailSent) return []
  const pause = 'duration' in reentry ? reentry.duration : 0
  if (reentry.kind === 'never' || pause >= DAY || !steps.some(({ kind }) => kind === 'send')) return []
  const given = `a start by ${trigger.name === undefined ? 'any event' : `'${trigger.name}'`}, its own mails among them`
  const expected = 'another event, conditions on it (where), or a day or more between two runs'
  return [journeyProblem('starts-itself', { path: ['trigger'], step: null }, given, expected)]
}

/** Whether each step is come to, and every circle takes time. */
export function validateFlow(journey: Journey, world: JourneyWorld): JourneyProblem[] {
  const graph = journeyGraph(journey)
  const next = (id: string) => (graph.steps.get(id)?.edges ?? []).map(({ to }) => to)
  const reached = new Set([graph.start, ...reachableFrom([graph.start], next)])
  return [
    ...unreachableSteps(journey, reached),
    ...circles(journey, graph, reached),
    ...startsOfItself(journey, world),
    ...answersItself(journey),
  ]
}
