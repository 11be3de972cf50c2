import type { CanvasGraph } from './canvasGraph.ts'

/** Boxes are as large as is said here, and not as they turn out: the layout is the same on every machine. */
const BOX_WIDTH = 272
const STEP_HEIGHT = 76
const END_HEIGHT = 28
const END_WIDTH = 76
const TRIGGER_HEIGHT = 76
const LINE_HEIGHT = 22
/** A label with what is said of a way, and the button that adds a step there. */
export const LABEL_WIDTH = 168
export const LABEL_HEIGHT = 30
export const PLUS_SIZE = 30

/** @param lines how many lines of figures and the like are below what a box says */
export function sizeOf(
  { kind }: Pick<CanvasGraph['boxes'][number], 'kind'>,
  lines: number,
): { width: number; height: number } {
  if (kind === 'end') return { width: END_WIDTH, height: END_HEIGHT }
  const height =
    (kind === 'trigger' ? TRIGGER_HEIGHT : STEP_HEIGHT) + (lines > 0 ? lines * LINE_HEIGHT + 8 : 0)
  return { width: BOX_WIDTH, height }
}
