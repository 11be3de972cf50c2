import { fullAfter, waitFor, type Rate } from './tokenBucket.ts'

/** Token buckets by name: of addresses, customers, keys. */
export interface Limiter {
  /** How long until the bucket holds `cost`, in milliseconds: 0 or less where it does. Takes nothing. */
  wait(name: string, cost: number, now: number): number
  take(name: string, cost: number, now: number): void
  /** How many buckets are kept. */
  size(): number
}

/**
 * At most `capacity` buckets are kept: those that were not used for the longest time are forgotten, which makes them
 * full. So the memory is bounded, whatever names are sent.
 *
 * They live in two generations. Who is used moves into the younger; when that is full it becomes the older, and what
 * was not used since the last time is dropped as a whole. To delete the first entry of a large Map again and again
 * would cost a walk over all that were deleted before it.
 */
export function createLimiter(rate: Rate, capacity: number): Limiter {
  const generation = Math.ceil(capacity / 2)
  let young = new Map<string, number>()
  let old = new Map<string, number>()
  const fullAtOf = (name: string) => young.get(name) ?? old.get(name) ?? 0
  return {
    wait: (name, cost, now) => waitFor(fullAtOf(name), cost, rate, now),
    take: (name, cost, now) => {
      young.set(name, fullAfter(fullAtOf(name), cost, rate, now))
      if (young.size < generation) return
      old = young
      young = new Map()
    },
    size: () => young.size + old.size,
  }
}
