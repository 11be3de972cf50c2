import type { Identity } from '@ciclo/engine'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { Schema } from '../schema.ts'
import type { ReadTx, Tx } from '../store.ts'
import { receiptIdOf } from './receipts.ts'

type OfCustomers = Extract<Schema[keyof Schema], { customerId: unknown }>

/** Every table whose rows belong to a customer: also those that are added to the schema later. */
function customerTables(tables: Schema): [name: string, table: OfCustomers][] {
  return Object.entries(tables).filter((entry): entry is [string, OfCustomers] => 'customerId' in entry[1])
}

/** How many rows each table holds of these customers. */
export async function countCustomerRows(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = { customers: customerIds.length }
  for (const [name, table] of customerTables(tx.tables)) {
    const [row] = await tx
      .select({ count: count() })
      .from(table)
      .where(and(eq(table.workspaceId, workspaceId), tx.dialect.isOneOf(table.customerId, customerIds)))
    counts[name] = row?.count ?? 0
  }
  return counts
}

export async function deleteCustomerRows(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<void> {
  for (const [, table] of customerTables(tx.tables)) {
    await tx
      .delete(table)
      .where(and(eq(table.workspaceId, workspaceId), tx.dialect.isOneOf(table.customerId, customerIds)))
  }
  const { customers } = tx.tables
  await tx
    .delete(customers)
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, customerIds)))
}

/** The ids of all events of these customers. */
export async function receiptIdsOf(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const { events } = tx.tables
  const rows = await tx
    .select({ id: events.messageId, source: events.source })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, customerIds)))
  return rows.map(receiptIdOf)
}

/** What else of a customer's row names it. */
export interface NamedCustomer {
  id: string
  email: string | null
  userId: string | null
  claimedEmail: string | null
  claimedUserId: string | null
  state: unknown
}

export async function readNamedCustomers(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<NamedCustomer[]> {
  const { customers } = tx.tables
  const { id, email, userId, claimedEmail, claimedUserId, state } = customers
  return await tx
    .select({ id, email, userId, claimedEmail, claimedUserId, state })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, customerIds)))
    .orderBy(asc(customers.id))
}

export async function rewriteCustomer(
  tx: Tx,
  workspaceId: string,
  { id, claimedEmail, claimedUserId, state }: NamedCustomer,
): Promise<void> {
  const { customers } = tx.tables
  await tx
    .update(customers)
    .set({ claimedEmail, claimedUserId, state })
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id)))
}

export async function identitiesOfCustomers(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Identity[]> {
  const { identities } = tx.tables
  return await tx
    .select({ kind: identities.kind, value: identities.value })
    .from(identities)
    .where(
      and(eq(identities.workspaceId, workspaceId), tx.dialect.isOneOf(identities.customerId, customerIds)),
    )
}

/** The messages that went or were to go to these addresses, by whose they are. */
export async function recipientsOf(
  tx: ReadTx,
  workspaceId: string,
  addresses: readonly string[],
): Promise<{ id: string; customerId: string }[]> {
  const { messages } = tx.tables
  return await tx
    .select({ id: messages.id, customerId: messages.customerId })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.address, addresses)))
}

export async function deleteMessages(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  const { messages } = tx.tables
  await tx
    .delete(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
}

/** Forgets which confirmation these addresses were sent last; returns how many there were. */
export async function deleteConfirmations(
  tx: Tx,
  workspaceId: string,
  addressHashes: readonly string[],
): Promise<number> {
  const { confirmations } = tx.tables
  const removed = await tx
    .delete(confirmations)
    .where(
      and(
        eq(confirmations.workspaceId, workspaceId),
        tx.dialect.isOneOf(confirmations.addressHash, addressHashes),
      ),
    )
    .returning({ addressHash: confirmations.addressHash })
  return removed.length
}

export interface EventText {
  messageId: string
  customerId: string
  at: number
  body: unknown
}

/** One page of a customer's events as they are stored, oldest first. */
export async function pageOfEventTexts(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  after: EventText | undefined,
  limit: number,
): Promise<EventText[]> {
  const { events } = tx.tables
  return await tx
    .select({ messageId: events.messageId, customerId: events.customerId, at: events.at, body: events.body })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.customerId, customerId),
        after && sql`(${events.at}, ${events.messageId}) > (${after.at}, ${after.messageId})`,
      ),
    )
    .orderBy(asc(events.at), asc(events.messageId))
    .limit(limit)
}

export async function rewriteEvent(tx: Tx, workspaceId: string, event: EventText): Promise<void> {
  const { events } = tx.tables
  await tx
    .update(events)
    .set({ body: event.body })
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.customerId, event.customerId),
        eq(events.at, event.at),
        eq(events.messageId, event.messageId),
      ),
    )
}
