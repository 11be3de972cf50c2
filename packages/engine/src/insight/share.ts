/** What is said instead of a number that would be made up. */
export const NOT_ENOUGH_DATA = 'not enough data yet'

/** A figure with the counts that it rests on: `value` is null, and `word` says so, where they are too few. */
export interface Share {
  value: number | null
  word: typeof NOT_ENOUGH_DATA | null
  numerator: number
  denominator: number
}

/** A part of nothing is nothing that anybody knows. */
export const shareOf = (numerator: number, denominator: number): Share => ({
  value: denominator === 0 ? null : numerator / denominator,
  word: denominator === 0 ? NOT_ENOUGH_DATA : null,
  numerator,
  denominator,
})

/** An amount a head or an order: whole minor units, as money is everywhere. */
export function amountOf(numerator: number, denominator: number): Share {
  const share = shareOf(numerator, denominator)
  return { ...share, value: share.value === null ? null : Math.round(share.value) }
}
