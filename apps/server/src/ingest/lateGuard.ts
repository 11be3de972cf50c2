import { consentStatementsIn, lastMove, type Customer, type EventInput } from '@ciclo/engine'
import { createLimiter } from '../limits/limiter.ts'

/** Offline browsers catch up a few times a day; each time is one rebuild, whatever it brings. */
const RATE = { perSecond: 1 / 60, burst: 30 }
const CUSTOMERS = 50_000

export interface LateGuard {
  /**
   * The event as it is to be applied to a customer for whom it is late. A browser that keeps telling of the past would
   * have the whole history folded again each time: beyond its share what it tells counts as just after the last thing
   * that is known.
   */
  admit(customer: Customer, input: EventInput): EventInput
}

/** A version of the rules may have been looked at since the last move: before its time nothing can be put any more. */
const lastKnown = (customer: Customer) => Math.max(lastMove(customer).at, customer.rulesUntil)

export function createLateGuard(now: () => number): LateGuard {
  const rebuilds = createLimiter(RATE, CUSTOMERS)
  // An answer for consent that came to stand behind a newer one would overrule it: they have places of their own.
  const answers = createLimiter(RATE, CUSTOMERS)
  return {
    admit: (customer, input) => {
      if (input.source !== 'public') return input
      const at = now()
      const limiter = consentStatementsIn(input).length > 0 ? answers : rebuilds
      if (limiter.wait(customer.id, 1, at) > 0) return { ...input, at: lastKnown(customer) + 1 }
      limiter.take(customer.id, 1, at)
      return input
    },
  }
}
