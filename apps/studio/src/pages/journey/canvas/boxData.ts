import type { JourneyStep } from '@ciclo/engine'
import type { Edge, Node } from '@xyflow/react'
import type { JourneyProblem, StepMark } from '../journeyEditing.ts'
import type { Way } from '../model/ways.ts'

/** What a box shows. */
export interface BoxData extends Record<string, unknown> {
  step: JourneyStep | null
  title: string
  sentence: string
  lines: readonly string[]
  mark: StepMark | null
  problems: readonly JourneyProblem[]
  isSelected: boolean
  /** The Tab key comes to one box of the canvas: arrows go on from there. */
  isEntry: boolean
  isReadOnly: boolean
}

/** What a line shows. */
export interface LineData extends Record<string, unknown> {
  way: Way
  points: readonly { x: number; y: number }[]
  label: { x: number; y: number }
  text: string
  isReadOnly: boolean
  isBad: boolean
}

export type BoxNode = Node<BoxData, 'trigger' | 'step' | 'end'>
export type WayLine = Edge<LineData, 'way'>
