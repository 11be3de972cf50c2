/** The middle of the values, which one disturbed round does not move. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The smallest of the values that at least `percent` per cent of them do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]
  if (value === undefined) throw new RangeError(`The ${percent}th percentile of no values was asked for`)
  return value
}
