const xLogX = (x: number) => (x === 0 ? 0 : x * Math.log(x))
const entropy = (...counts: readonly number[]) =>
  xLogX(counts.reduce((sum, count) => sum + count, 0)) - counts.reduce((sum, count) => sum + xLogX(count), 0)

/**
 * How much more often two things happen together than by chance: the log-likelihood ratio G² of Dunning, "Accurate methods
 * for the statistics of surprise and coincidence" (1993). Unlike a lift it is not carried away by rare pairs, and unlike a
 * share not by what everybody buys. Negative where they happen together more seldom than by chance.
 *
 * @param both who has both; @param one who has the one; @param other who has the other; @param all everybody
 */
export function likelihoodRatio(both: number, one: number, other: number, all: number): number {
  const [k11, k12, k21] = [both, one - both, other - both]
  const k22 = all - one - other + both
  const ratio =
    2 * (entropy(k11 + k12, k21 + k22) + entropy(k11 + k21, k12 + k22) - entropy(k11, k12, k21, k22))
  // Rounding may leave a hair below 0.
  const size = Math.max(0, ratio)
  return both * all >= one * other ? size : -size
}
