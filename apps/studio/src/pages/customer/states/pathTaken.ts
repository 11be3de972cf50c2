import type { Transition } from '../customerQueries.ts'
import type { Arrow, RegionChart } from './stateChart.ts'

/** An arrow of a region's picture, and when it was taken: newest first. */
export interface TakenArrow extends Pick<Arrow, 'from' | 'to' | 'bend'> {
  by: Arrow['by'] | undefined
  taken: readonly Transition[]
  /** Its place on the customer's way, from the last step backwards: 1 is the last one. */
  steps: readonly number[]
}

/** So many of the last steps are numbered. */
const NUMBERED = 3

/** All arrows of a region, those that are drawn anyway and those that were only taken, with the way of a customer. */
export function pathTaken({ region, arrows }: RegionChart, transitions: readonly Transition[]): TakenArrow[] {
  const ofRegion = transitions.filter((transition) => transition.region === region)
  const moved = ofRegion.filter(({ from, to }) => from !== to)
  const known = new Set(arrows.map(({ from, to }) => `${from} ${to}`))
  const others = new Map(
    moved.filter(({ from, to }) => !known.has(`${from} ${to}`)).map((one) => [`${one.from} ${one.to}`, one]),
  )
  const all: (Pick<Arrow, 'from' | 'to' | 'bend'> & { by: Arrow['by'] | undefined })[] = [
    ...arrows,
    ...[...others.values()].map(({ from, to }) => ({ from, to, by: undefined, bend: 28 })),
  ]
  return all.map((arrow) => {
    const isThis = ({ from, to }: Transition) => from === arrow.from && to === arrow.to
    return {
      ...arrow,
      taken: moved.filter(isThis),
      steps: moved.slice(0, NUMBERED).flatMap((one, place) => (isThis(one) ? [place + 1] : [])),
    }
  })
}
