import { EVENT_NAMES, ownEvent } from '@ciclo/engine'
import { giveCoupons, type CouponClaim } from '../store/queries/coupons.ts'
import type { StoredEvent } from '../store/queries/events.ts'
import type { Tx } from '../store/store.ts'

export interface AskedCoupon extends CouponClaim {
  enrolmentId: string
  at: number
}

export interface TakenCoupons {
  /** What tells each customer's history of the code. */
  events: StoredEvent[]
  /** For whom their pool had none left. */
  missing: AskedCoupon[]
}

/** Gives runs the codes that they ask for, in the transaction that records that they do. */
export async function takeCoupons(
  tx: Tx,
  workspaceId: string,
  asked: readonly AskedCoupon[],
  now: number,
): Promise<TakenCoupons> {
  if (asked.length === 0) return { events: [], missing: [] }
  const { given, missing } = await giveCoupons(tx, workspaceId, asked, now)
  const events = given.map(({ asked: { claim, pool, customerId, enrolmentId, at }, code }) => ({
    customerId,
    input: ownEvent(`coupon/${claim}`, at, EVENT_NAMES.couponGiven, { pool, code, enrolment: enrolmentId }),
  }))
  return { events, missing }
}
