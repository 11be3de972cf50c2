import type { Journey, JourneyStep } from '@ciclo/engine'
import { END, waysIn, type Way } from '../model/ways.ts'

/** What is drawn: boxes, and ways between them. Ids of boxes begin with what they are: a step may have any name. */
export interface CanvasGraph {
  boxes: { id: string; step: JourneyStep | null; kind: 'trigger' | 'step' | 'end' }[]
  lines: { id: string; source: string; target: string; way: Way; step: JourneyStep | null }[]
}

export const TRIGGER_BOX = 'trigger'
export const boxOf = (step: string) => `step:${step}`
export const stepOfBox = (box: string) => (box.startsWith('step:') ? box.slice('step:'.length) : undefined)
export const lineOf = ({ from, slot }: Pick<Way, 'from' | 'slot'>) => `way:${from ?? ''}:${slot}`

/** A journey as boxes and lines. Each way to the end has an end of its own, so that no line crosses the whole canvas. */
export function canvasGraph(journey: Pick<Journey, 'steps'>): CanvasGraph {
  const ways = waysIn(journey)
  const steps = new Map(journey.steps.map((step) => [step.id, step]))
  const ends = ways.filter(({ to }) => to === END)
  return {
    boxes: [
      { id: TRIGGER_BOX, step: null, kind: 'trigger' },
      ...journey.steps.map((step) => ({ id: boxOf(step.id), step, kind: 'step' as const })),
      ...ends.map((way) => ({ id: `end:${lineOf(way)}`, step: null, kind: 'end' as const })),
    ],
    lines: ways.map((way) => ({
      id: lineOf(way),
      source: way.from === null ? TRIGGER_BOX : boxOf(way.from),
      target: way.to === END ? `end:${lineOf(way)}` : boxOf(way.to),
      way,
      step: way.from === null ? null : (steps.get(way.from) ?? null),
    })),
  }
}
