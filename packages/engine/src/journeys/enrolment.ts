import type { CartLine } from '../cartLine.ts'

/** Why a run has ended. What is ended from elsewhere says by what: `exit:ordered`, `ended-by:win-back`. */
export type EndReason =
  | 'completed'
  | 'goal'
  | 'held-out'
  | 'unsubscribed'
  | 'suppressed'
  | 'overtaken'
  | 'merged'
  | 'removed'
  | `exit:${string}`
  | `ended-by:${string}`

/** What a run is about, as its first event told it: what its mails show. Bounded, since it is kept with the run. */
export interface RunFacts {
  orderId: string | null
  lines: readonly CartLine[]
  /** Integer minor units of `currency`. */
  total: number | null
  currency: string | null
  /** Of an event that the shop's own server vouches for; nothing that a browser typed. */
  properties: Readonly<Record<string, string | number | boolean>>
}

/** A code that a run was given: a static one, or the claim on one of a pool, which the shell fulfils. */
export type RunCoupon = ({ code: string } | { pool: string; claim: string }) & { expiresAt: number | null }

/** One customer's run of one journey version. */
export interface Enrolment {
  /** journeyId / firstCustomerId / causeId: the same cause can never enrol twice, also after a replay or a merge. */
  id: string
  journeyId: string
  version: number
  causeId: string
  /** The cart, checkout or order that it is about; null where the journey has no key. */
  key: string | null
  startedAt: number
  endedAt: number | null
  endReason: EndReason | null
  /** When the goal was reached. */
  goalAt: number | null
  /** XState's state value of the journey machine: the id of a step, or `end`. */
  value: string
  /** When that step was entered. */
  since: number
  /** How often each step was entered: the visit in a message's id. */
  visits: Record<string, number>
  facts: RunFacts
  coupon: RunCoupon | null
  /** The last mail, while nobody knows whether it was sent, and when it would come too late. */
  unsent: { message: string; until: number } | null
  /** A timer that became due while its journey was paused, and waits until it goes on. */
  held: { id: string; dueAt: number } | null
}

/** What re-entry rules look at, so that only running enrolments need to be loaded. */
export interface PastRuns {
  count: number
  lastStartedAt: number
  lastEndedAt: number | null
  /** The latest runs of each key, so many as `KEYS_REMEMBERED`: the start and the end of the last. */
  keys?: Readonly<Record<string, readonly [startedAt: number, endedAt: number | null]>>
}
