import type { Stage } from '../homeQuery.ts'
import { COLUMNS, PLACES, ROUTES } from './mapRoutes.ts'

/** Pixels. Between the columns an arrow has to fit with its number. */
const GAP = 76
const CARD_HEIGHT = 150
const ROW_GAP = 84
/** For what passes above the first row and below the second. */
const TOP = 38
const BOTTOM = 62

interface Box {
  left: number
  top: number
  width: number
  height: number
}

interface Arrow {
  from: Stage
  to: Stage
  path: string
  /** Where its number stands. */
  x: number
  y: number
}

interface MapGeometry {
  height: number
  boxes: Readonly<Record<Stage, Box>>
  arrows: readonly Arrow[]
}

const centre = ({ left, top, width, height }: Box) => ({ x: left + width / 2, y: top + height / 2 })

function straight(from: Box, to: Box): Omit<Arrow, 'from' | 'to'> {
  const [one, other] = [centre(from), centre(to)]
  if (from.top === to.top) {
    const isRight = to.left > from.left
    const [x1, x2] = isRight
      ? [from.left + from.width + 4, to.left - 5]
      : [from.left - 4, to.left + to.width + 5]
    return { path: `M${x1} ${one.y}H${x2}`, x: (x1 + x2) / 2, y: one.y - 8 }
  }
  const isDown = to.top > from.top
  const [y1, y2] = isDown ? [from.top + from.height + 4, to.top - 5] : [from.top - 4, to.top + to.height + 5]
  return { path: `M${one.x} ${y1}V${y2}`, x: other.x + 22, y: (y1 + y2) / 2 + 4 }
}

/** Between two boxes that stand at a corner to each other, `there` beside `back`. */
function diagonal(from: Box, to: Box, way: 'there' | 'back'): Omit<Arrow, 'from' | 'to'> {
  const isDown = to.top > from.top
  const [upper, lower] = isDown ? [from, to] : [to, from]
  // Where both leave the upper one, on its left, and reach the lower one, on its right.
  const inner = way === 'there' ? 0.3 : 0.12
  const top = { x: upper.left + upper.width * inner, y: upper.top + upper.height }
  const bottom = { x: lower.left + lower.width * (1 - (0.42 - inner)), y: lower.top }
  const [start, end] = isDown ? [top, bottom] : [bottom, top]
  const lift = isDown ? 5 : -5
  const middle = { x: (top.x + bottom.x) / 2, y: (top.y + bottom.y) / 2 }
  return {
    path: `M${start.x} ${start.y + lift}L${end.x} ${end.y - lift}`,
    x: middle.x + (way === 'there' ? 26 : -26),
    y: middle.y + (way === 'there' ? 14 : -6),
  }
}

/** Above the first row or below the second, past what stands between. */
function arc(from: Box, to: Box, isAbove: boolean): Omit<Arrow, 'from' | 'to'> {
  const [one, other] = [centre(from), centre(to)]
  const columns = Math.round(Math.abs(other.x - one.x) / (from.width + GAP))
  const depth = isAbove ? 22 : columns === 2 ? 26 : 50
  const y = isAbove ? from.top : from.top + from.height
  const outer = isAbove ? y - depth : y + depth
  const shift = columns === 3 ? 18 : -18
  const [x1, x2] = [one.x, other.x + (isAbove ? -24 : shift)]
  const touch = isAbove ? -5 : 5
  const radius = 12
  const turn = isAbove ? radius : -radius
  return {
    path: `M${x1} ${y + touch * 0.8}V${outer + turn}Q${x1} ${outer} ${x1 + radius} ${outer}H${x2 - radius}Q${x2} ${outer} ${x2} ${outer + turn}V${y + touch}`,
    x: x1 + from.width / 2 + GAP / 2,
    y: outer - 5,
  }
}

/** Where everything stands in a picture of a width. */
export function mapGeometry(width: number): MapGeometry {
  const cardWidth = (width - (COLUMNS - 1) * GAP) / COLUMNS
  const boxes = Object.fromEntries(
    Object.entries(PLACES).map(([stage, [column, row]]) => [
      stage,
      {
        left: column * (cardWidth + GAP),
        top: TOP + row * (CARD_HEIGHT + ROW_GAP),
        width: cardWidth,
        height: CARD_HEIGHT,
      },
    ]),
  ) as Record<Stage, Box>
  const arrows = ROUTES.map(({ from, to, way }): Arrow => {
    const [one, other] = [boxes[from], boxes[to]]
    const drawn =
      way === 'straight'
        ? straight(one, other)
        : way === 'arc'
          ? arc(one, other, PLACES[from][1] === 0)
          : diagonal(one, other, way)
    return { from, to, ...drawn }
  })
  return { height: TOP + 2 * CARD_HEIGHT + ROW_GAP + BOTTOM, boxes, arrows }
}
