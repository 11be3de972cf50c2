interface Corner {
  point: readonly number[]
  value: number
}

export interface Minimum extends Corner {
  /** How often the function was asked. */
  evaluations: number
}

export interface MinimiseOptions {
  /** By how much the corners of the first simplex differ from the start, in each dimension. */
  size: number
  /** The search ends where a new simplex around the lowest point finds no lower one by more than this. */
  tolerance: number
  mostEvaluations: number
}

/** A search may end in a place that is none: another one from there on shows it. More than this are not needed. */
const MOST_ROUNDS = 8

const along = (from: readonly number[], to: readonly number[], share: number) =>
  from.map((coordinate, axis) => coordinate + share * ((to[axis] as number) - coordinate))

/** The mean of all corners but the last. */
function centreOf(corners: readonly Corner[]): number[] {
  const [first] = corners as [Corner]
  const count = corners.length - 1
  return first.point.map((_, axis) => {
    let sum = 0
    for (let corner = 0; corner < count; corner += 1) sum += (corners[corner] as Corner).point[axis] as number
    return sum / count
  })
}

/**
 * Where a function of a few numbers is lowest, near `start`, without derivatives: the simplex method, begun anew from
 * where it ends until that finds nothing lower. What the function says must be finite.
 * Source: Nelder, Mead 1965, The Computer Journal 7:308, with its own coefficients.
 */
export function minimise(
  cost: (point: readonly number[]) => number,
  start: readonly number[],
  { size, tolerance, mostEvaluations }: MinimiseOptions,
): Minimum {
  let evaluations = 0
  const mayAsk = () => evaluations < mostEvaluations
  const cornerAt = (point: readonly number[]): Corner => {
    evaluations += 1
    return { point, value: cost(point) }
  }

  function descend(from: Corner): Corner {
    const around = from.point.map((_, moved) =>
      cornerAt(from.point.map((coordinate, axis) => coordinate + (axis === moved ? size : 0))),
    )
    let corners = [from, ...around]
    while (mayAsk()) {
      corners.sort((one, other) => one.value - other.value)
      const [lowest] = corners as [Corner]
      const highest = corners.at(-1) as Corner
      if (highest.value - lowest.value <= tolerance) break
      const centre = centreOf(corners)
      const reflected = cornerAt(along(centre, highest.point, -1))
      let better: Corner | undefined
      if (reflected.value < lowest.value) {
        const expanded = cornerAt(along(centre, highest.point, -2))
        better = expanded.value < reflected.value ? expanded : reflected
      } else if (reflected.value < (corners.at(-2) as Corner).value) {
        better = reflected
      } else {
        const outside = reflected.value < highest.value
        const contracted = cornerAt(along(centre, outside ? reflected.point : highest.point, 0.5))
        if (contracted.value < Math.min(reflected.value, highest.value)) better = contracted
      }
      if (better) corners[corners.length - 1] = better
      else
        corners = [lowest, ...corners.slice(1).map(({ point }) => cornerAt(along(lowest.point, point, 0.5)))]
    }
    return corners.reduce((lowest, corner) => (corner.value < lowest.value ? corner : lowest))
  }

  let lowest = cornerAt(start)
  for (let round = 0; round < MOST_ROUNDS && mayAsk(); round += 1) {
    const before = lowest.value
    lowest = descend(lowest)
    if (before - lowest.value <= tolerance) break
  }
  return { ...lowest, evaluations }
}
