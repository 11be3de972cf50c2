/** From here on the series below is exact to the last digits of a double. */
const LARGE = 10

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * The natural logarithm of the gamma function, for positive numbers: to 14 digits, except close to 1 and 2, where it is
 * 0 and 14 decimals are right. Stirling's series for large arguments, and the recurrence to reach them.
 * Source: Abramowitz, Stegun 1964, Handbook of Mathematical Functions, 6.1.15 and 6.1.41. The libraries that have it
 * are either exact to ten digits only or bring more than a hundred packages.
 */
export function logGamma(value: number): number {
  let large = value
  let product = 1
  while (large < LARGE) {
    product *= large
    large += 1
  }
  const square = large * large
  const series =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / large
  return (large - 0.5) * Math.log(large) - large + HALF_LOG_TWO_PI + series - Math.log(product)
}
