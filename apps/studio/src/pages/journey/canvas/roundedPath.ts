interface Point {
  x: number
  y: number
}

const RADIUS = 10

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y)

/** The point so far from one point on the way to another. */
function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1
  return {
    x: from.x + ((to.x - from.x) * length) / whole,
    y: from.y + ((to.y - from.y) * length) / whole,
  }
}

const write = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`

/** An SVG path through the points, round at its corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const parts = rest.map((corner, index) => {
    const before = points[index] ?? corner
    const after = rest[index + 1]
    if (!after) return `L ${write(corner)}`
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2)
    return `L ${write(towards(corner, before, radius))} Q ${write(corner)} ${write(towards(corner, after, radius))}`
  })
  return [`M ${write(first)}`, ...parts].join(' ')
}
