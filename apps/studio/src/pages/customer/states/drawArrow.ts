export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

/** Air between an arrow and the box that it points at. */
const GAP = 4

const centreOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

/** Where the way from the middle of a box towards a point leaves it. */
function edgeOf(box: Box, towards: Point): Point {
  const centre = centreOf(box)
  const [dx, dy] = [towards.x - centre.x, towards.y - centre.y]
  const share = Math.min(
    dx === 0 ? Infinity : (box.width / 2 + GAP) / Math.abs(dx),
    dy === 0 ? Infinity : (box.height / 2 + GAP) / Math.abs(dy),
  )
  return { x: centre.x + dx * share, y: centre.y + dy * share }
}

const round = (value: number) => Math.round(value * 10) / 10

/**
 * An arrow between two boxes as the path of an SVG, and its middle. With a bend it stands off to the left of its
 * direction, so that there and back are two arrows.
 */
export function drawArrow(from: Box, to: Box, bend = 0): { path: string; middle: Point } {
  const [start, end] = [centreOf(from), centreOf(to)]
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  const control = {
    x: middle.x + ((end.y - start.y) / length) * bend * 2,
    y: middle.y - ((end.x - start.x) / length) * bend * 2,
  }
  const [first, last] = [edgeOf(from, control), edgeOf(to, control)]
  return {
    path: `M${round(first.x)} ${round(first.y)} Q${round(control.x)} ${round(control.y)} ${round(last.x)} ${round(last.y)}`,
    middle: {
      x: round(first.x / 4 + control.x / 2 + last.x / 4),
      y: round(first.y / 4 + control.y / 2 + last.y / 4),
    },
  }
}
