/**
 * Where those begin who are above `below` of the ascending `values`: equal values are never divided, those that straddle
 * the line stay below it together. Of whole numbers; above all of them the line is just beyond the largest.
 */
export function shareLine(values: Float64Array, below: number): number {
  const lower = values[Math.max(1, below) - 1] as number
  let first = Math.max(1, below)
  while (first < values.length && values[first] === lower) first += 1
  return values[first] ?? lower + 1
}
