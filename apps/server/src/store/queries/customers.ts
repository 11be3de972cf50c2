import type { Customer } from '@ciclo/engine'
import { earliest } from '@ciclo/engine'
import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import type { ReadTx, Tx } from '../store.ts'

/** A customer's row: the state that the engine reads, and what the store knows around it. */
export interface CustomerRecord {
  customer: Customer
  mergedInto: string | null
  parked: string | null
  createdAt: number
}

type Row = ReadTx['tables']['customers']['$inferSelect']
type StoredState = Omit<Customer, 'id' | 'enrolments' | 'orders'>

function toRecord(row: Row): CustomerRecord {
  const state = row.state as StoredState
  return {
    customer: { ...state, id: row.id, enrolments: {}, orders: {} },
    mergedInto: row.mergedInto,
    parked: row.parked,
    createdAt: row.createdAt,
  }
}

/** Locks customers, in the order of their ids (against deadlocks), and reads them. */
export async function lockCustomers(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<CustomerRecord[]> {
  const { customers } = tx.tables
  const records: CustomerRecord[] = []
  for (const chunk of tx.dialect.inChunks([...new Set(ids)].toSorted(), 1)) {
    const rows = await tx.dialect.forUpdate(
      tx
        .select()
        .from(customers)
        .where(and(eq(customers.workspaceId, workspaceId), inArray(customers.id, chunk)))
        .orderBy(asc(customers.id)),
    )
    records.push(...rows.map(toRecord))
  }
  return records
}

/** A customer as it stands, followed through merges, without a lock: for pages and answers. */
export async function readCustomer(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<CustomerRecord | undefined> {
  const { customers } = tx.tables
  const [row] = await tx
    .select()
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id)))
  return row?.mergedInto ? await readCustomer(tx, workspaceId, row.mergedInto) : row && toRecord(row)
}

/**
 * The customers with a proven identity; where there is none, those that only claim it.
 */
export async function findCustomers(
  tx: ReadTx,
  workspaceId: string,
  { kind, value }: { kind: 'email' | 'userId'; value: string },
): Promise<CustomerRecord[]> {
  const { customers, identities } = tx.tables
  const [owner] = await tx
    .select({ id: identities.customerId })
    .from(identities)
    .where(
      and(eq(identities.workspaceId, workspaceId), eq(identities.kind, kind), eq(identities.value, value)),
    )
  if (owner) {
    const record = await readCustomer(tx, workspaceId, owner.id)
    return record ? [record] : []
  }
  const claimed = kind === 'email' ? customers.claimedEmail : customers.claimedUserId
  const rows = await tx
    .select()
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(claimed, value), isNull(customers.mergedInto)))
    .orderBy(asc(customers.createdAt), asc(customers.id))
    .limit(50)
  return rows.map(toRecord)
}

/** One page of the customers, by their id. */
export async function pageOfCustomers(
  tx: ReadTx,
  workspaceId: string,
  after: string | undefined,
  limit: number,
): Promise<CustomerRecord[]> {
  const { customers } = tx.tables
  const rows = await tx
    .select()
    .from(customers)
    .where(
      and(
        eq(customers.workspaceId, workspaceId),
        isNull(customers.mergedInto),
        after === undefined ? undefined : gt(customers.id, after),
      ),
    )
    .orderBy(asc(customers.id))
    .limit(limit)
  return rows.map(toRecord)
}

export interface SavedCustomer {
  customer: Customer
  parked: string | null
  createdAt: number
}

const columnsPerCustomer = 20

export async function saveCustomers(
  tx: Tx,
  workspaceId: string,
  saved: readonly SavedCustomer[],
  updatedAt: number,
): Promise<void> {
  const { customers } = tx.tables
  const rows = saved
    .toSorted((one, other) => (one.customer.id < other.customer.id ? -1 : 1))
    .map(({ customer, parked, createdAt }) => {
      const { id, enrolments: _enrolments, orders: _orders, ...state } = customer
      return {
        workspaceId,
        id,
        email: customer.email,
        userId: customer.userId,
        claimedEmail: customer.claims.email ?? null,
        claimedUserId: customer.claims.userId ?? null,
        ...customer.lifecycle.value,
        orderCount: customer.figures.count,
        firstOrderAt: customer.figures.firstAt,
        lastOrderAt: customer.figures.lastAt,
        wakeAt: earliest(customer.timers),
        parked,
        state,
        createdAt,
        updatedAt,
      }
    })
  const set = {
    email: excluded(customers.email),
    userId: excluded(customers.userId),
    claimedEmail: excluded(customers.claimedEmail),
    claimedUserId: excluded(customers.claimedUserId),
    stage: excluded(customers.stage),
    value: excluded(customers.value),
    engagement: excluded(customers.engagement),
    permission: excluded(customers.permission),
    advocacy: excluded(customers.advocacy),
    orderCount: excluded(customers.orderCount),
    firstOrderAt: excluded(customers.firstOrderAt),
    lastOrderAt: excluded(customers.lastOrderAt),
    wakeAt: excluded(customers.wakeAt),
    parked: excluded(customers.parked),
    state: excluded(customers.state),
    updatedAt: excluded(customers.updatedAt),
  }
  for (const chunk of tx.dialect.inChunks(rows, columnsPerCustomer)) {
    await tx
      .insert(customers)
      .values(chunk)
      .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set })
  }
}

/** The customer that has become part of another stays as a signpost: nothing wakes it, its history is read with the other's. */
export async function markMerged(
  tx: Tx,
  workspaceId: string,
  absorbedId: string,
  survivorId: string,
): Promise<void> {
  const { customers, identities, messages, enrolments } = tx.tables
  await tx
    .update(customers)
    .set({ mergedInto: survivorId, wakeAt: null })
    .where(
      and(
        eq(customers.workspaceId, workspaceId),
        or(eq(customers.id, absorbedId), eq(customers.mergedInto, absorbedId)),
      ),
    )
  for (const table of [identities, messages, enrolments]) {
    await tx
      .update(table)
      .set({ customerId: survivorId })
      .where(and(eq(table.workspaceId, workspaceId), eq(table.customerId, absorbedId)))
  }
}

/** A customer's id and those of all that were merged into it. */
export async function memberIds(tx: ReadTx, workspaceId: string, customerId: string): Promise<string[]> {
  const { customers } = tx.tables
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.mergedInto, customerId)))
  return [customerId, ...rows.map(({ id }) => id)]
}

export interface DueCustomer {
  workspaceId: string
  customerId: string
  wakeAt: number
}

/** The customers with a timer due by `at`, the longest overdue first. A parked one is not woken. */
export async function dueCustomers(tx: ReadTx, at: number, limit: number): Promise<DueCustomer[]> {
  const { customers } = tx.tables
  const rows = await tx
    .select({ workspaceId: customers.workspaceId, customerId: customers.id, wakeAt: customers.wakeAt })
    .from(customers)
    .where(and(lte(customers.wakeAt, at), isNull(customers.parked)))
    .orderBy(asc(customers.wakeAt))
    .limit(limit)
  return rows.map((row) => ({ ...row, wakeAt: row.wakeAt ?? at }))
}

/** When the next timer of anybody is due, or undefined where none is pending. */
export async function nextWakeAt(tx: ReadTx): Promise<number | undefined> {
  const { customers } = tx.tables
  const [row] = await tx
    .select({ wakeAt: customers.wakeAt })
    .from(customers)
    .where(and(lte(customers.wakeAt, Number.MAX_SAFE_INTEGER), isNull(customers.parked)))
    .orderBy(asc(customers.wakeAt))
    .limit(1)
  return row?.wakeAt ?? undefined
}
