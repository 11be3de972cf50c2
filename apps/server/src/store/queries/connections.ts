import { and, asc, desc, eq, lt, or } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export type ConnectionRow = ReadTx['tables']['connections']['$inferSelect']
export type DeliveryRow = ReadTx['tables']['deliveries']['$inferSelect']

export async function readConnection(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const { connections } = tx.tables
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
  return row
}

export async function readConnections(tx: ReadTx, workspaceId: string): Promise<ConnectionRow[]> {
  const { connections } = tx.tables
  return await tx
    .select()
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
    .orderBy(asc(connections.createdAt), asc(connections.id))
}

export async function insertConnection(tx: Tx, row: ConnectionRow): Promise<void> {
  await tx.insert(tx.tables.connections).values(row)
}

export async function changeConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Omit<ConnectionRow, 'workspaceId' | 'id'>>,
): Promise<boolean> {
  const { connections } = tx.tables
  const rows = await tx
    .update(connections)
    .set(change)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
    .returning({ id: connections.id })
  return rows.length > 0
}

/** With what is kept of its deliveries and pulls: the events that it told stay. */
export async function deleteConnection(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { connections, deliveries, pulls } = tx.tables
  await tx
    .delete(deliveries)
    .where(and(eq(deliveries.workspaceId, workspaceId), eq(deliveries.connectionId, id)))
  await tx.delete(pulls).where(and(eq(pulls.workspaceId, workspaceId), eq(pulls.connectionId, id)))
  const rows = await tx
    .delete(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
    .returning({ id: connections.id })
  return rows.length > 0
}

/** What was made of a call that came before; undefined where it is new. */
export async function readDelivery(
  tx: ReadTx,
  workspaceId: string,
  connectionId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const { deliveries } = tx.tables
  const [row] = await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.connectionId, connectionId),
        eq(deliveries.id, id),
      ),
    )
  return row
}

/** The same call again is the same row; one that was refused may go better the next time. */
export async function recordDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
  const { deliveries } = tx.tables
  const { state, reason, events, products, receivedAt } = row
  await tx
    .insert(deliveries)
    .values(row)
    .onConflictDoUpdate({
      target: [deliveries.workspaceId, deliveries.connectionId, deliveries.id],
      set: { state, reason, events, products, receivedAt },
    })
}

/** Newest first. */
export async function pageOfDeliveries(
  tx: ReadTx,
  workspaceId: string,
  connectionId: string,
  {
    state,
    after,
    limit,
  }: {
    state: DeliveryRow['state'] | undefined
    after: { receivedAt: number; id: string } | undefined
    limit: number
  },
): Promise<DeliveryRow[]> {
  const { deliveries } = tx.tables
  return await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.connectionId, connectionId),
        state === undefined ? undefined : eq(deliveries.state, state),
        after &&
          or(
            lt(deliveries.receivedAt, after.receivedAt),
            and(eq(deliveries.receivedAt, after.receivedAt), lt(deliveries.id, after.id)),
          ),
      ),
    )
    .orderBy(desc(deliveries.receivedAt), desc(deliveries.id))
    .limit(limit)
}

/** Forgets a page of what is older; returns how many there were. */
export async function forgetDeliveries(
  tx: Tx,
  workspaceId: string,
  before: number,
  limit: number,
): Promise<number> {
  const { deliveries } = tx.tables
  const old = await tx
    .select({ connectionId: deliveries.connectionId, id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.workspaceId, workspaceId), lt(deliveries.receivedAt, before)))
    .orderBy(asc(deliveries.receivedAt))
    .limit(limit)
  for (const [connectionId, group] of Map.groupBy(old, (row) => row.connectionId))
    await tx.delete(deliveries).where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.connectionId, connectionId),
        tx.dialect.isOneOf(
          deliveries.id,
          group.map(({ id }) => id),
        ),
      ),
    )
  return old.length
}
