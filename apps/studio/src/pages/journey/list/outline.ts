import type { Journey, JourneyStep } from '@ciclo/engine'
import { END, waysIn, type Way } from '../model/ways.ts'

/** A step of the list, and where its ways lead. */
export interface OutlineStep {
  step: JourneyStep
  ways: OutlineWay[]
}

export interface OutlineWay {
  way: Way
  /** What follows only on this way; empty where it ends or goes on at a step that is listed elsewhere. */
  inside: OutlineStep[]
}

/**
 * The steps from the first on, those of a side way below the step that it leaves. A step that several ways lead to, and
 * one that no way leads to, is listed in the outer row.
 */
export function outlineOf(journey: Pick<Journey, 'steps'>): OutlineStep[] {
  const ways = waysIn(journey)
  const steps = new Map(journey.steps.map((step) => [step.id, step]))
  const leading = Map.groupBy(ways, ({ to }) => to)
  const listed = new Set<string>()
  const isShared = (id: string) => (leading.get(id)?.length ?? 0) !== 1

  const rowFrom = (start: string, isOuter: boolean): OutlineStep[] => {
    const row: OutlineStep[] = []
    for (let id: string | undefined = start; id !== undefined;) {
      const step = steps.get(id)
      if (!step || listed.has(id) || (!isOuter && isShared(id))) break
      listed.add(id)
      const own = ways.filter(({ from }) => from === step.id)
      // What goes on by one way alone stays in the row; where ways part, each has a row of its own.
      const isParting = own.length > 1
      row.push({
        step,
        ways: own.map((way) => ({ way, inside: isParting && way.to !== END ? rowFrom(way.to, false) : [] })),
      })
      id = isParting ? undefined : own[0]?.to
    }
    return row
  }

  const outer = rowFrom(journey.steps[0]?.id ?? END, true)
  for (const { id } of journey.steps) outer.push(...rowFrom(id, true))
  return outer
}

/** The ids of the steps in the order of the list. */
export const idsIn = (row: readonly OutlineStep[]): string[] =>
  row.flatMap(({ step, ways }) => [step.id, ...ways.flatMap(({ inside }) => idsIn(inside))])
