import { toMinorUnits } from './money.ts'

/** What was given back under one `refund_id`; all that was given back without any stands together under ''. */
export interface Refund {
  id: string
  /**
   * A decimal in the order's currency, which may be told only later, with its number of decimals; null: all of it.
   */
  amount: number | null
}

/**
 * The `refund_id` of what an export says was given back in all, by the day on which it was made: each refund may be told
 * by itself, too, and then none of it counts twice.
 */
export const REFUNDED_IN_ALL = 'import'

/** An order has a few. Whatever comes beyond is added up under ''. */
const REFUNDS = 50

/** The refunds with one more. A `refund_id` that is there already counts once, with the amount that was stated last. */
export function addRefund(
  refunds: readonly Refund[],
  refundId: string,
  amount: number | null,
): readonly Refund[] {
  const known = refunds.findIndex(({ id }) => id === refundId)
  const hasPlace = known >= 0 || refunds.length < REFUNDS || refundId === REFUNDED_IN_ALL
  const id = hasPlace ? refundId : ''
  const place = id === refundId ? known : refunds.findIndex((refund) => refund.id === '')
  const before = refunds[place]
  if (!before) return [...refunds, { id, amount }]
  const added = id !== '' ? (amount ?? before.amount) : sum(before.amount, amount)
  return refunds.with(place, { id, amount: added })
}

const sum = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one + other

/** What the refunds of an order come to, one by one or in all, whichever is more: never more than its total. */
export function refundedOf({
  refunds,
  total,
  currency,
}: {
  refunds: readonly Refund[]
  total: number
  currency: string
}): number {
  let [oneByOne, inAll] = [0, 0]
  for (const { id, amount } of refunds) {
    const minor = amount === null ? total : (toMinorUnits(amount, currency) ?? total)
    if (id === REFUNDED_IN_ALL) inAll = minor
    else oneByOne += minor
  }
  return Math.min(total, Math.max(oneByOne, inAll))
}
