import { and, desc, eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

/**
 * The first event of a browser, the first order of the shop's own server, the first test mail that a server has taken,
 * and a step of the set-up guide that somebody has put off.
 */
type Milestone = 'browser-event' | 'trusted-order' | 'test-mail' | `later:${string}`

export const laterName = (step: string) => `later:${step}` as const

/** When what happened first, by its name. */
export async function readMilestones(tx: ReadTx, workspaceId: string): Promise<Map<string, number>> {
  const { milestones } = tx.tables
  const rows = await tx.select().from(milestones).where(eq(milestones.workspaceId, workspaceId))
  return new Map(rows.map(({ name, at }) => [name, at]))
}

/** Writes down that something has happened now; what had happened before stays as it was. */
export async function reachMilestone(
  tx: Tx,
  workspaceId: string,
  name: Milestone,
  at: number,
): Promise<void> {
  await tx.insert(tx.tables.milestones).values({ workspaceId, name, at }).onConflictDoNothing()
}

export async function forgetMilestone(tx: Tx, workspaceId: string, name: Milestone): Promise<void> {
  const { milestones } = tx.tables
  await tx.delete(milestones).where(and(eq(milestones.workspaceId, workspaceId), eq(milestones.name, name)))
}

/** So many of the newest orders are looked at: told by browsers alone there may be any number. */
const NEWEST = 200

/** When the newest order was made that counts, of those that are not browsers' claims alone. */
export async function newestTrustedOrderAt(tx: ReadTx, workspaceId: string): Promise<number | undefined> {
  const { orders } = tx.tables
  const rows = await tx
    .select({ at: orders.at, trusted: orders.trusted })
    .from(orders)
    .where(eq(orders.workspaceId, workspaceId))
    .orderBy(desc(orders.at))
    .limit(NEWEST)
  return rows.find(({ trusted }) => trusted)?.at
}
