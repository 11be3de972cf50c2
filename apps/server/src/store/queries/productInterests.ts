import type { ProductDeed } from '@ciclo/engine'
import { sql, type SQLWrapper } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { Tx } from '../store.ts'

export interface ProductInterest extends ProductDeed {
  customerId: string
}

const later = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.max(one, other)

/** The later of two times in SQL; one that is not known is none. */
function laterOf(column: Parameters<typeof excluded>[0]) {
  const told: SQLWrapper = excluded(column)
  return sql<number>`case when ${told} is null or ${told} < ${column} then ${column} else ${told} end`
}

/** Remembers what customers do with products: the latest time of each counts, in whatever order they are told. */
export async function saveInterests(
  tx: Tx,
  workspaceId: string,
  interests: readonly ProductInterest[],
): Promise<void> {
  if (interests.length === 0) return
  const { productInterests } = tx.tables
  const latest = new Map<string, ProductInterest>()
  for (const interest of interests) {
    const key = JSON.stringify([interest.customerId, interest.productId])
    const known = latest.get(key)
    latest.set(
      key,
      known
        ? {
            ...known,
            viewedAt: later(known.viewedAt, interest.viewedAt),
            addedAt: later(known.addedAt, interest.addedAt),
            requestedAt: later(known.requestedAt, interest.requestedAt),
          }
        : interest,
    )
  }
  // Sorted against deadlocks.
  const rows = [...latest.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, interest]) => ({ workspaceId, ...interest }))
  await insertRows(tx, productInterests, rows).onConflictDoUpdate({
    target: [productInterests.workspaceId, productInterests.customerId, productInterests.productId],
    set: {
      viewedAt: laterOf(productInterests.viewedAt),
      addedAt: laterOf(productInterests.addedAt),
      requestedAt: laterOf(productInterests.requestedAt),
    },
  })
}
