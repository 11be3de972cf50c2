import { and, asc, eq, isNotNull, isNull, lte } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'
import { renewRules } from './workspaces.ts'

export type SubscriptionRow = ReadTx['tables']['subscriptions']['$inferSelect']

/** Who is told of a workspace's events, in the order in which they were set up. */
export async function listSubscriptions(tx: ReadTx, workspaceId: string): Promise<SubscriptionRow[]> {
  const { subscriptions } = tx.tables
  return await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.workspaceId, workspaceId))
    .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id))
}

export async function readSubscription(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<SubscriptionRow | undefined> {
  const { subscriptions } = tx.tables
  const [row] = await tx
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.workspaceId, workspaceId), eq(subscriptions.id, id)))
  return row
}

/** Sets one up, or changes it: every process hears of it before it applies anything more. */
export async function saveSubscription(tx: Tx, row: SubscriptionRow): Promise<void> {
  const { subscriptions } = tx.tables
  const { workspaceId, id, createdAt: _createdAt, ...changes } = row
  await tx
    .insert(subscriptions)
    .values(row)
    .onConflictDoUpdate({ target: [subscriptions.workspaceId, subscriptions.id], set: changes })
  await renewRules(tx, workspaceId)
}

/** False where there is none such. */
export async function deleteSubscription(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { subscriptions } = tx.tables
  const deleted = await tx
    .delete(subscriptions)
    .where(and(eq(subscriptions.workspaceId, workspaceId), eq(subscriptions.id, id)))
    .returning({ id: subscriptions.id })
  if (deleted.length > 0) await renewRules(tx, workspaceId)
  return deleted.length > 0
}

/** Something has gone right: what failed before is over. */
export async function noteSuccess(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const { subscriptions } = tx.tables
  await tx
    .update(subscriptions)
    .set({ failingSince: null })
    .where(
      and(
        eq(subscriptions.workspaceId, workspaceId),
        eq(subscriptions.id, id),
        isNotNull(subscriptions.failingSince),
      ),
    )
}

/** Something has gone wrong: what, and since when nothing has gone right. */
export async function noteFailure(
  tx: Tx,
  workspaceId: string,
  id: string,
  { problem, at }: { problem: string; at: number },
): Promise<void> {
  const { subscriptions } = tx.tables
  const isIt = and(eq(subscriptions.workspaceId, workspaceId), eq(subscriptions.id, id))
  await tx.update(subscriptions).set({ problem, problemAt: at }).where(isIt)
  await tx
    .update(subscriptions)
    .set({ failingSince: at })
    .where(and(isIt, isNull(subscriptions.failingSince)))
}

/**
 * Tells it nothing more, where it is failing since then or longer; returns whether it was told until now.
 *
 * @param failingSince left out: however long
 */
export async function switchOff(
  tx: Tx,
  workspaceId: string,
  id: string,
  { now, failingSince }: { now: number; failingSince?: number },
): Promise<boolean> {
  const { subscriptions } = tx.tables
  const changed = await tx
    .update(subscriptions)
    .set({ active: false, updatedAt: now })
    .where(
      and(
        eq(subscriptions.workspaceId, workspaceId),
        eq(subscriptions.id, id),
        eq(subscriptions.active, true),
        failingSince === undefined ? undefined : lte(subscriptions.failingSince, failingSince),
      ),
    )
    .returning({ id: subscriptions.id })
  if (changed.length > 0) await renewRules(tx, workspaceId)
  return changed.length > 0
}
