/** Where a customer came from at one visit. */
export interface Touch {
  at: number
  /** `direct` where nothing is known. */
  source: string
  medium: string | null
  campaign: string | null
}

/** The first visit of which anything is known, and the last one with a source. */
export interface Touches {
  first: Touch | null
  last: Touch | null
}

export const NO_TOUCHES: Touches = { first: null, last: null }
