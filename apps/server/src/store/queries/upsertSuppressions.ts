import { sql, type SQLWrapper } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { Tx } from '../store.ts'

export interface NewSuppression {
  addressHash: string
  reason: string
  at: number
  /** For people; the hash is what decides. */
  address?: string | null
  detail?: string | null
}

/** The two words on an address, each of which stands for itself: a bounce passes, what its owner has said stays. */
interface Words {
  bounce?: NewSuppression
  withdrawal?: NewSuppression
}

/** A complaint outweighs an unsubscribe; of two that weigh the same the later stays. */
const stronger = (one: NewSuppression | undefined, other: NewSuppression): NewSuppression => {
  if (!one) return other
  if (one.reason !== other.reason) return one.reason === 'complaint' ? one : other
  return other.at > one.at ? other : one
}

function rowOf({ bounce, withdrawal }: Words) {
  if (bounce) return { ...bounce, under: withdrawal?.reason ?? null, underAt: withdrawal?.at ?? null }
  return withdrawal && { ...withdrawal, under: null, underAt: null }
}

/**
 * Takes suppressions over into what is known of their addresses: one row each, a bounce before what its owner has said,
 * which is kept beneath it. A bounce and a complaint that are there already stay as they are.
 */
export async function upsertSuppressions(
  tx: Tx,
  workspaceId: string,
  added: readonly NewSuppression[],
): Promise<void> {
  const { suppressions } = tx.tables
  const words = new Map<string, Words>()
  for (const one of added) {
    const kind = one.reason === 'bounce' ? 'bounce' : 'withdrawal'
    const known = words.get(one.addressHash)
    words.set(one.addressHash, { ...known, [kind]: stronger(known?.[kind], one) })
  }
  // Sorted, so that two processes with the same addresses do not wait for each other in a circle.
  const rows = [...words.values()]
    .flatMap((standing) => rowOf(standing) ?? [])
    .toSorted((one, other) => (one.addressHash < other.addressHash ? -1 : 1))
    .map((row) => ({ workspaceId, ...row }))
  if (rows.length === 0) return

  const { reason, at, address, detail, under, underAt } = suppressions
  const isBounced = sql`${reason} = 'bounce'`
  const bounces = sql`${excluded(reason)} = 'bounce'`
  const said = sql`case when ${isBounced} then ${under} else ${reason} end`
  const saidAt = sql`case when ${isBounced} then ${underAt} else ${at} end`
  const given = sql`case when ${bounces} then ${excluded(under)} else ${excluded(reason)} end`
  const givenAt = sql`case when ${bounces} then ${excluded(underAt)} else ${excluded(at)} end`
  const says = sql`((${given}) is not null and ((${said}) is null
    or ((${said}) = 'unsubscribed' and ((${given}) = 'complaint' or (${saidAt}) < (${givenAt})))))`
  const keptOfBounce = (own: SQLWrapper, other: SQLWrapper) =>
    sql`case when ${isBounced} then ${own} else ${other} end`
  const beneath = (own: SQLWrapper, other: SQLWrapper) =>
    sql`case when not (${isBounced} or ${bounces}) then null when ${says} then ${other} else ${own} end`
  await insertRows(tx, suppressions, rows).onConflictDoUpdate({
    target: [suppressions.workspaceId, suppressions.addressHash],
    set: {
      reason: keptOfBounce(reason, excluded(reason)),
      at: keptOfBounce(at, excluded(at)),
      address: keptOfBounce(address, excluded(address)),
      detail: keptOfBounce(detail, excluded(detail)),
      under: beneath(said, given),
      underAt: beneath(saidAt, givenAt),
    },
    setWhere: sql`${reason} <> 'erased' and (${says} or (${bounces} and not ${isBounced}))`,
  })
}
