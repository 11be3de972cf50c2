import { sql } from 'drizzle-orm'
import type { Tx } from '../store.ts'

/**
 * Keeps the rules of workspaces as they are until the transaction ends, for `use`, or waits until nobody uses them, for
 * `change`. Whoever folds an event by the old ones has committed it before those who count it anew begin: else a new
 * segment would miss it for ever, and a new version of the rules would come to know it as of its past. It comes first
 * in a transaction: what is read before may be old.
 */
export async function holdRules(
  tx: Tx,
  workspaceIds: readonly string[],
  purpose: 'use' | 'change',
): Promise<void> {
  // In one order, so that no two wait for each other.
  for (const id of workspaceIds.toSorted()) {
    const held = tx.dialect.hold(`ciclo rules ${id}`, purpose === 'use' ? 'together' : 'alone')
    if (held) await tx.select({ held }).from(sql`(select 1) as nothing`)
  }
}
