import { and, asc, count, eq, gt, isNotNull, isNull, type SQL } from 'drizzle-orm'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Who asks for a code of a pool, and under which name: the same name always gets the same code. */
export interface CouponClaim {
  claim: string
  pool: string
  customerId: string
}

export interface GivenCoupon<Claim extends CouponClaim> {
  asked: Claim
  code: string
}

/** The codes that were given under these names. */
export async function readGivenCodes(
  tx: ReadTx,
  workspaceId: string,
  claims: readonly string[],
): Promise<Map<string, string>> {
  const { coupons } = tx.tables
  if (claims.length === 0) return new Map()
  const rows = await tx
    .select({ claim: coupons.claim, code: coupons.code })
    .from(coupons)
    .where(and(eq(coupons.workspaceId, workspaceId), tx.dialect.isOneOf(coupons.claim, claims)))
  return new Map(rows.flatMap(({ claim, code }) => (claim === null ? [] : [[claim, code] as const])))
}

/** So many free codes of a pool, locked, in the order in which they were imported. */
async function lockFree(
  tx: Tx,
  workspaceId: string,
  { pool, limit, wait }: { pool: string; limit: number; wait: boolean },
): Promise<string[]> {
  const { coupons } = tx.tables
  const query = tx
    .select({ code: coupons.code })
    .from(coupons)
    .where(and(eq(coupons.workspaceId, workspaceId), eq(coupons.pool, pool), isNull(coupons.takenAt)))
    .orderBy(asc(coupons.createdAt), asc(coupons.position))
    .limit(limit)
  const locked = wait ? tx.dialect.forUpdate(query) : tx.dialect.forUpdateSkipLocked(query)
  return (await locked).map(({ code }) => code)
}

/**
 * Gives each claim a free code of its pool, for good once the transaction commits: a few statements for each pool. A
 * claim that has one keeps it, and is in neither list of the answer.
 */
export async function giveCoupons<Claim extends CouponClaim>(
  tx: Tx,
  workspaceId: string,
  claims: readonly Claim[],
  now: number,
): Promise<{ given: GivenCoupon<Claim>[]; missing: Claim[] }> {
  const { coupons } = tx.tables
  const asked = new Map(claims.map((claim) => [claim.claim, claim]))
  for (const claim of (await readGivenCodes(tx, workspaceId, [...asked.keys()])).keys()) asked.delete(claim)
  const given: GivenCoupon<Claim>[] = []
  const missing: Claim[] = []
  const pools = Map.groupBy(asked.values(), ({ pool }) => pool)
  // In one order, so that those who wait for the last codes of several pools do not wait in a circle.
  for (const pool of [...pools.keys()].toSorted()) {
    let waiting = pools.get(pool) ?? []
    // Past the codes that others are just taking; for the last ones it has to be known whether they really do.
    for (const wait of [false, true]) {
      if (waiting.length === 0) break
      const codes = await lockFree(tx, workspaceId, { pool, limit: waiting.length, wait })
      const served = codes.flatMap((code, place) => {
        const claim = waiting[place]
        return claim ? [{ asked: claim, code }] : []
      })
      if (served.length > 0) {
        const byCode = (of: (claim: Claim) => string) =>
          tx.dialect.replaced(
            coupons.code,
            Object.fromEntries(served.map(({ asked: claim, code }) => [code, of(claim)])),
          )
        await tx
          .update(coupons)
          .set({
            claim: byCode(({ claim }) => claim),
            customerId: byCode(({ customerId }) => customerId),
            takenAt: now,
          })
          .where(and(eq(coupons.workspaceId, workspaceId), tx.dialect.isOneOf(coupons.code, codes)))
      }
      given.push(...served)
      waiting = waiting.slice(served.length)
    }
    missing.push(...waiting)
  }
  return { given, missing }
}

export interface NewCoupon {
  code: string
  /** Its place in the list: codes are given in that order. */
  position: number
}

/** Adds codes to a pool; returns those that were new, and of the others in which pool they are already. */
export async function insertCoupons(
  tx: Tx,
  workspaceId: string,
  pool: string,
  added: readonly NewCoupon[],
  createdAt: number,
): Promise<{ inserted: Set<string>; known: Map<string, string> }> {
  const { coupons } = tx.tables
  // Sorted, so that two imports of the same codes do not wait for each other in a circle.
  const rows = added
    .map(({ code, position }) => ({ workspaceId, pool, code, createdAt, position }))
    .toSorted((one, other) => (one.code < other.code ? -1 : Number(one.code > other.code)))
  const stored = await insertRows(tx, coupons, rows).onConflictDoNothing().returning({ code: coupons.code })
  const inserted = new Set(stored.map(({ code }) => code))
  const others = added.map(({ code }) => code).filter((code) => !inserted.has(code))
  if (others.length === 0) return { inserted, known: new Map() }
  const found = await tx
    .select({ code: coupons.code, pool: coupons.pool })
    .from(coupons)
    .where(and(eq(coupons.workspaceId, workspaceId), tx.dialect.isOneOf(coupons.code, others)))
  return { inserted, known: new Map(found.map((coupon) => [coupon.code, coupon.pool])) }
}

export interface CouponPool {
  pool: string
  free: number
  taken: number
}

/** Every pool of which a code is left or was given, by name; or only the one that is asked for. */
export async function readPools(tx: ReadTx, workspaceId: string, pool?: string): Promise<CouponPool[]> {
  const { coupons } = tx.tables
  const rows = await tx
    .select({ pool: coupons.pool, all: count(), taken: count(coupons.takenAt) })
    .from(coupons)
    .where(and(eq(coupons.workspaceId, workspaceId), pool === undefined ? undefined : eq(coupons.pool, pool)))
    .groupBy(coupons.pool)
    .orderBy(asc(coupons.pool))
  return rows.map(({ pool: name, all, taken }) => ({ pool: name, free: all - taken, taken }))
}

export type CouponRow = ReadTx['tables']['coupons']['$inferSelect']

/** A page of a pool's codes, by the code. */
export async function pageOfCoupons(
  tx: ReadTx,
  workspaceId: string,
  wanted: { pool: string; state: 'free' | 'taken' | undefined; after: string | undefined; limit: number },
): Promise<CouponRow[]> {
  const { coupons } = tx.tables
  const states: Record<'free' | 'taken', SQL> = {
    free: isNull(coupons.takenAt),
    taken: isNotNull(coupons.takenAt),
  }
  return await tx
    .select()
    .from(coupons)
    .where(
      and(
        eq(coupons.workspaceId, workspaceId),
        eq(coupons.pool, wanted.pool),
        wanted.state && states[wanted.state],
        wanted.after === undefined ? undefined : gt(coupons.code, wanted.after),
      ),
    )
    .orderBy(asc(coupons.code))
    .limit(wanted.limit)
}

/** Removes free codes of a pool, so many at once; returns how many there were. What somebody is just given stays. */
export async function deleteFreeCoupons(
  tx: Tx,
  workspaceId: string,
  pool: string,
  limit: number,
): Promise<number> {
  const { coupons } = tx.tables
  const codes = await lockFree(tx, workspaceId, { pool, limit, wait: false })
  if (codes.length > 0)
    await tx
      .delete(coupons)
      .where(and(eq(coupons.workspaceId, workspaceId), tx.dialect.isOneOf(coupons.code, codes)))
  return codes.length
}

/** Forgets who has their codes, and keeps the codes as given: nobody else is to get them, also if they are imported anew. */
export async function forgetCouponHolders(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<void> {
  const { coupons } = tx.tables
  await tx
    .update(coupons)
    .set({ claim: null, customerId: null })
    .where(and(eq(coupons.workspaceId, workspaceId), tx.dialect.isOneOf(coupons.customerId, customerIds)))
}
