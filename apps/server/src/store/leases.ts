import { and, eq, lte, sql } from 'drizzle-orm'
import { excluded } from './excluded.ts'
import type { Tx } from './store.ts'

/**
 * Takes a lease, or prolongs the one that `holder` has, until `now + ttl` (milliseconds).
 *
 * Returns its fence, or undefined while another holds it. The fence stays the same while a holder prolongs in time
 * and grows with every new hold, so that work done under an older one can be told and refused.
 */
export const acquireLease = async (
  tx: Tx,
  request: { name: string; holder: string; now: number; ttl: number },
): Promise<number | undefined> => {
  const { name, holder, now, ttl } = request
  const { leases } = tx.tables
  const expired = lte(leases.until, now)
  const [lease] = await tx
    .insert(leases)
    .values({ name, holder, until: now + ttl, fence: 1 })
    .onConflictDoUpdate({
      target: leases.name,
      set: {
        holder: excluded(leases.holder),
        until: excluded(leases.until),
        fence: sql`case when ${expired} then ${leases.fence} + 1 else ${leases.fence} end`,
      },
      setWhere: sql`${expired} or ${eq(leases.holder, holder)}`,
    })
    .returning({ fence: leases.fence })
  return lease?.fence
}

/** Gives a lease back at once; nothing happens when `holder` has it no longer. The row stays, and with it the fence. */
export const releaseLease = async (tx: Tx, lease: { name: string; holder: string }): Promise<void> => {
  const { leases } = tx.tables
  await tx
    .update(leases)
    .set({ until: 0 })
    .where(and(eq(leases.name, lease.name), eq(leases.holder, lease.holder)))
}
