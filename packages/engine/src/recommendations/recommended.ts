/** A product that is recommended, and how many customers speak for it. */
export interface Recommended {
  product: number
  /** Who has bought both, or gone on to it, or bought it. */
  customers: number
  /** Out of so many: who has bought the subject, or anything at all. */
  of: number
  score: number
}

/** So many are kept of each. */
const MOST_RECOMMENDED = 20
/** Fewer customers are a coincidence, and could be named. */
export const FEWEST_CUSTOMERS = 3

/** The best first; of two with one score the one with more customers, then the lower number: the same each time. */
export const best = (candidates: readonly Recommended[], limit = MOST_RECOMMENDED): Recommended[] =>
  candidates
    .toSorted(
      (one, other) =>
        other.score - one.score || other.customers - one.customers || one.product - other.product,
    )
    .slice(0, limit)
