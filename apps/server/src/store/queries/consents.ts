import type { ConsentChange } from '@ciclo/engine'
import { and, desc, eq, max } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerConsent extends ConsentChange {
  /** The customer as at arrival: a later merge leaves it, the history reads all members. */
  customerId: string
}

/** Adds to what is kept as proof. What has been told before, by the same event and of the same purpose, stays as it is. */
export async function insertConsents(
  tx: Tx,
  workspaceId: string,
  added: readonly CustomerConsent[],
): Promise<void> {
  const rows = added.map((consent) => ({ workspaceId, ...consent }))
  if (rows.length > 0) await insertRows(tx, tx.tables.consents, rows).onConflictDoNothing()
}

/** A place in a newest-first list. */
export interface ConsentCursor {
  recordedAt: number
  at: number
  id: string
}

/** One page of what these customers have consented to, the last recorded first. */
export async function pageOfConsents(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  after: ConsentCursor | undefined,
  limit: number,
): Promise<CustomerConsent[]> {
  const { consents } = tx.tables
  const { recordedAt, at, id } = consents
  return await tx
    .select()
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, workspaceId),
        tx.dialect.isOneOf(consents.customerId, customerIds),
        after && behind('descending', [recordedAt, after.recordedAt], [at, after.at], [id, after.id]),
      ),
    )
    .orderBy(desc(recordedAt), desc(at), desc(id))
    .limit(limit)
}

/** When these customers were last said to have agreed to marketing mail by such a source; those who were not are left out. */
export async function newestGrants(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  source: CustomerConsent['source'],
): Promise<Map<string, number>> {
  const { consents } = tx.tables
  if (customerIds.length === 0) return new Map()
  const rows = await tx
    .select({ customerId: consents.customerId, at: max(consents.at) })
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, workspaceId),
        tx.dialect.isOneOf(consents.customerId, customerIds),
        eq(consents.purpose, 'marketing-email'),
        eq(consents.status, 'granted'),
        eq(consents.source, source),
      ),
    )
    .groupBy(consents.customerId)
  return new Map(rows.flatMap(({ customerId, at }) => (at === null ? [] : [[customerId, at]])))
}
