import { differenceOfShares, FEWEST_PEOPLE } from './lift.ts'
import { NOT_ENOUGH_DATA } from './share.ts'

/** How many of a group did what is counted. */
interface CountedGroup {
  people: number
  count: number
}

/** How much larger a share is in one group than in another, with the 95 % interval of that difference. */
export interface Comparison {
  difference: number | null
  low: number | null
  high: number | null
  /** `unclear` where the interval holds 0: both may be as good. `not enough data yet`: there are too few to say. */
  verdict: 'better' | 'worse' | 'unclear' | typeof NOT_ENOUGH_DATA
}

/** Fewer than this in both groups together, and no interval is shown. */
const FEWEST_COUNTED = 10

const WORDS = { raised: 'better', lowered: 'worse', unclear: 'unclear' } as const

/**
 * Two variants of a mail by one share, such as who has clicked: Newcombe's interval of the difference. Of one look, at
 * one pair: whoever looks every hour and stops at the first verdict, or picks the best of four, is misled more often.
 */
export function compareShares(one: CountedGroup, other: CountedGroup): Comparison {
  const people = Math.min(one.people, other.people)
  if (people < FEWEST_PEOPLE || one.count + other.count < FEWEST_COUNTED)
    return { difference: null, low: null, high: null, verdict: NOT_ENOUGH_DATA }
  const { difference, low, high, verdict } = differenceOfShares(
    { people: one.people, converted: one.count },
    { people: other.people, converted: other.count },
  )
  return { difference, low, high, verdict: WORDS[verdict] }
}
