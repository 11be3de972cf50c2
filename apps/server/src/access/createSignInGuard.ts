import { CicloError } from '../errors.ts'
import type { Client } from '../limits/clientAddress.ts'
import { createLimiter, type Limiter } from '../limits/limiter.ts'
import { refusalOf, type OnRefused } from '../limits/refusal.ts'

/** So many wrong passwords in a row; from then on one more each time a tenth of the time below has passed. */
const TRIES = 10
const WINDOW = 15 * 60
const ACCOUNTS = 10_000
const ADDRESSES = 50_000

/** One try at a password, which counts as a wrong one until it is forgiven. */
export interface Attempt {
  /** It was right. */
  forgive(): void
  /** Whether no other may follow for now. */
  isLast(): boolean
}

export interface SignInGuard {
  /**
   * Counts a try at an account's password, by the account and by the client's address. Throws `too-many-requests` with
   * the time to wait where there were too many wrong ones; then the right one is not looked at either, or the guess
   * that hits would be told.
   */
  attempt(client: Client, account: string): Attempt
}

/**
 * Wrong passwords are counted before they are looked at: of many that are sent at once no more are tried than of as many
 * in a row. Kept in memory, so each process of several counts on its own.
 */
export function createSignInGuard({
  now,
  onRefused,
}: {
  now: () => number
  onRefused: OnRefused
}): SignInGuard {
  const rate = { perSecond: TRIES / WINDOW, burst: TRIES }
  const perAccount = createLimiter(rate, ACCOUNTS)
  const perAddress = createLimiter(rate, ADDRESSES)
  return {
    attempt: (client, account) => {
      const buckets: (readonly [limiter: Limiter, name: string])[] = [[perAccount, account]]
      // On the operator's own machine only the account counts.
      if (!client.isLocal) buckets.push([perAddress, client.limitedAs])
      const waitOf = () => Math.max(...buckets.map(([limiter, name]) => limiter.wait(name, 1, now())))
      const wait = waitOf()
      if (wait > 0) {
        onRefused('wrong-passwords', 1)
        const { message } = refusalOf('wrong-passwords', wait)
        const retryAfter = Math.ceil(wait / 1_000)
        throw new CicloError('too-many-requests', message, { retryAfter, problems: [{ retryAfter }] })
      }
      for (const [limiter, name] of buckets) limiter.take(name, 1, now())
      return {
        forgive: () => {
          for (const [limiter, name] of buckets) limiter.take(name, -1, now())
        },
        isLast: () => waitOf() > 0,
      }
    },
  }
}
