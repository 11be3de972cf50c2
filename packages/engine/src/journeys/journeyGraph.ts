import { MINUTE } from '../duration.ts'
import type { Journey } from './journey.ts'
import { END, type JourneyStep } from './journeyStep.ts'
import { WEEKDAYS, type Weekday } from './localTime.ts'

/** A way from one step to another, or to `end`. */
export interface JourneyEdge {
  to: string
  /** At least so many milliseconds go by on it. */
  least: number
  /**
   * Whether a run can take it in the instant, or the minute, in which it enters the step: `never`, `always`, or `at` the moments that the
   * step waits for, which it does not wait for if they just are.
   */
  atOnce: 'never' | 'always' | 'at'
}

/** A time of day on a day of the week: what decides whether an `until` waits. */
export interface LocalMoment {
  at: string
  weekday: Weekday
}

export interface JourneyGraph {
  /** The first step. */
  start: string
  steps: ReadonlyMap<string, { step: JourneyStep; position: number; edges: readonly JourneyEdge[] }>
}

const way = (to: string, atOnce: JourneyEdge['atOnce'] = 'always', least = 0): JourneyEdge => ({
  to,
  least,
  atOnce,
})

/** Shorter than that is no pause: after a week in which the server was down a circle of it is caught up with at once. */
const PAUSE = 15 * MINUTE

const inTime = (duration: number) => (duration < PAUSE ? 'always' : 'never')

function edgesOf(step: JourneyStep, following: string): JourneyEdge[] {
  switch (step.kind) {
    case 'end':
      return [way(END)]
    case 'split':
      return step.ways.map(({ to }) => way(to))
    case 'branch':
      return [...step.ways.map(({ to }) => way(to)), way(step.otherwise ?? following)]
    case 'delay':
      return [way(step.next ?? following, inTime(step.duration), step.duration)]
    case 'until':
      return [way(step.next ?? following, 'at')]
    case 'untilDate': {
      // A day that is over, or that nobody has told, is not waited for; one of every year comes again.
      const next = step.next ?? following
      if (step.onMissing === undefined) return [way(next)]
      return [way(next, step.yearly ? 'at' : 'always'), way(step.onMissing)]
    }
    case 'wait': {
      const next = step.next ?? following
      // A condition may be true already; an event has yet to happen.
      return [
        way(next, step.for.kind === 'event' ? 'never' : 'always'),
        way(step.onTimeout ?? next, inTime(step.timeout), step.timeout),
      ]
    }
    case 'send':
    case 'update':
    case 'coupon':
    case 'webhook':
    case 'startJourney':
    case 'endJourney':
      break
  }
  return [way(step.next ?? following)]
}

/** The steps of a journey and all ways that a run can take from each. */
export function journeyGraph({ steps }: Pick<Journey, 'steps'>): JourneyGraph {
  return {
    start: steps[0]?.id ?? END,
    steps: new Map(
      steps.map((step, position) => [
        step.id,
        { step, position, edges: edgesOf(step, steps[position + 1]?.id ?? END) },
      ]),
    ),
  }
}

/** Moments of which each stands for all at which the same steps do not wait; one at which none of them is due. */
export function momentsOf(steps: Iterable<JourneyStep>): (LocalMoment | null)[] {
  const times = new Set<string>()
  for (const step of steps) if (step.kind === 'until' || step.kind === 'untilDate') times.add(step.at)
  return [null, ...[...times].flatMap((at) => WEEKDAYS.map((weekday) => ({ at, weekday })))]
}

const isAt = (step: JourneyStep, { at, weekday }: LocalMoment) =>
  (step.kind === 'until' && step.at === at && (step.weekdays ?? WEEKDAYS).includes(weekday)) ||
  (step.kind === 'untilDate' && step.at === at)

/** Where a run may go on from a step in one instant. */
export function stepsAtOnce(graph: JourneyGraph, id: string, moment: LocalMoment | null): string[] {
  const found = graph.steps.get(id)
  if (!found) return []
  const { step, edges } = found
  const isNow = moment !== null && isAt(step, moment)
  return edges.filter(({ atOnce }) => atOnce === 'always' || (atOnce === 'at' && isNow)).map(({ to }) => to)
}

/** All steps that can be come to from one, itself among them only if a circle leads back. */
export function reachableFrom(start: Iterable<string>, next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>()
  const open = [...start].flatMap((id) => next(id))
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...next(id))
  }
  return seen
}

/** The shortest circle through a step, from it on; undefined where there is none. */
export function circleThrough(id: string, next: (id: string) => readonly string[]): string[] | undefined {
  const from = new Map<string, string>()
  const open = [id]
  for (const current of open) {
    for (const to of next(current)) {
      if (to === id) {
        const circle = [current]
        for (let back = from.get(current); back !== undefined; back = from.get(back)) circle.unshift(back)
        return circle
      }
      if (from.has(to)) continue
      from.set(to, current)
      open.push(to)
    }
  }
  return undefined
}

/** The least time from a step to each that can be come to; `stops` are not gone on from. */
export function leastTimes(
  graph: JourneyGraph,
  id: string,
  stops: (step: JourneyStep) => boolean,
): Map<string, number> {
  const least = new Map<string, number>()
  const open: [id: string, time: number][] = [[id, 0]]
  while (open.length > 0) {
    open.sort(([, one], [, other]) => other - one)
    const [current, time] = open.pop() as [string, number]
    const found = graph.steps.get(current)
    if (!found || (current !== id && stops(found.step))) continue
    for (const edge of found.edges) {
      const then = time + edge.least
      if (then >= (least.get(edge.to) ?? Infinity)) continue
      least.set(edge.to, then)
      open.push([edge.to, then])
    }
  }
  return least
}
