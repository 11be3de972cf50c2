/** How fast a bucket fills, and how much it holds. `Infinity` per second is no limit. */
export interface Rate {
  perSecond: number
  burst: number
}

/** How long an empty bucket takes until it is full, in milliseconds. */
const fillTime = ({ perSecond, burst }: Rate) => (perSecond === Infinity ? 0 : (burst * 1_000) / perSecond)

/**
 * A token bucket is one number: when it will be full (epoch milliseconds), given that nothing more is taken. In the
 * past, it is full. This is that time after taking `cost`: not more than a bucketful of them, so that a batch larger
 * than the bucket passes when it is full, and a clock that was set back locks nobody out.
 */
export function fullAfter(fullAt: number, cost: number, rate: Rate, now: number): number {
  const missing = Math.min(Math.max(fullAt - now, 0), fillTime(rate))
  return now + missing + (Math.min(cost, rate.burst) * 1_000) / rate.perSecond
}

/** How long until the bucket holds `cost`, in milliseconds: 0 or less where it does. */
export function waitFor(fullAt: number, cost: number, rate: Rate, now: number): number {
  return fullAfter(fullAt, cost, rate, now) - now - fillTime(rate)
}
