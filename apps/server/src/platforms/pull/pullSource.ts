import { CicloError } from '../../errors.ts'

/** What is fetched of a shop's past, in this order: orders name products and customers. */
export const PULLED = ['products', 'customers', 'orders'] as const
export type Pulled = (typeof PULLED)[number]

/** A page of what a shop's system has. */
export interface PulledPage {
  /** By which its payloads are mapped: that of the webhook that tells the same. */
  topic: string
  payloads: readonly unknown[]
  /** Where the next page begins; null behind the last one. */
  next: string | null
}

/** Asks until it comes; rejects where that is of no use. */
export type Retry = <T>(ask: () => Promise<T>) => Promise<T>

/** How a shop system's API is read. Throws `shop-unavailable`, or `shop-refuses` where somebody has to do
 * something about it. */
export interface PullSource {
  /** How many there are, where the system says so. */
  count: (resource: Pulled, since: number | null) => Promise<number | null>
  /**
   * @param cursor where the page begins; null: at the beginning
   * @param since only what has changed since: epoch milliseconds
   */
  page: (resource: Pulled, cursor: string | null, since: number | null) => Promise<PulledPage>
}

/**
 * A page that did not come, but may in a moment.
 *
 * @param wait for how long the system wants to be left alone, in milliseconds, where it says so
 */
export const shopUnavailable = (message: string, wait = 0) =>
  new CicloError('shop-unavailable', message, { retryAfter: wait / 1_000 })

/** A page that does not come before somebody does something about it: the message says what. */
export const shopRefuses = (message: string) => new CicloError('shop-refuses', message)
