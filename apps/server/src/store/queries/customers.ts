import { createCustomer, earliest, type Customer } from '@ciclo/engine'
import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql, type SQL } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'
import { deleteListings, saveListings } from './listings.ts'

/** A customer's row: the state that the engine reads, and what the store knows around it. */
export interface CustomerRecord {
  customer: Customer
  mergedInto: string | null
  parked: string | null
  createdAt: number
}

type Row = ReadTx['tables']['customers']['$inferSelect']
type StoredState = Omit<Customer, 'id' | 'enrolments' | 'orders'>

/** What a state that an older version wrote does not have yet. */
const NOTHING_KNOWN = createCustomer('')

export function toRecord(row: Row): CustomerRecord {
  const state = row.state as StoredState
  return {
    customer: {
      ...NOTHING_KNOWN,
      ...state,
      figures: { ...NOTHING_KNOWN.figures, ...state.figures },
      id: row.id,
      enrolments: {},
      // Without a prototype an order may be called `__proto__`.
      orders: Object.create(null) as Customer['orders'],
    },
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
  if (ids.length === 0) return []
  const rows = await tx.dialect.forUpdate(
    tx
      .select()
      .from(customers)
      .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, [...new Set(ids)])))
      .orderBy(asc(customers.id)),
  )
  return rows.map(toRecord)
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
    .where(and(livingCustomers(tx, workspaceId), eq(claimed, value)))
    .orderBy(asc(customers.createdAt), asc(customers.id))
    .limit(50)
  return rows.map(toRecord)
}

/** Those who were not merged into others. */
export const livingCustomers = ({ tables: { customers } }: Pick<ReadTx, 'tables'>, workspaceId: string) =>
  and(eq(customers.workspaceId, workspaceId), isNull(customers.mergedInto))

/** One page of the customers, or of those that are parked, by their id. */
export async function pageOfCustomers(
  tx: ReadTx,
  workspaceId: string,
  wanted: { after: string | undefined; parkedOnly: boolean; limit: number },
): Promise<CustomerRecord[]> {
  const { customers } = tx.tables
  const { after, parkedOnly, limit } = wanted
  const rows = await tx
    .select()
    .from(customers)
    .where(
      and(
        livingCustomers(tx, workspaceId),
        parkedOnly ? isNotNull(customers.parked) : undefined,
        after === undefined ? undefined : gt(customers.id, after),
      ),
    )
    .orderBy(asc(customers.id))
    .limit(limit)
  return rows.map(toRecord)
}

/** Customers by their ids, sorted by them; who was merged away is left out. */
export async function readCustomers(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<CustomerRecord[]> {
  const { customers } = tx.tables
  const rows = await tx
    .select()
    .from(customers)
    // Asked for who was not merged as well, SQLite looks at all of those and not at these.
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, ids)))
    .orderBy(asc(customers.id))
  return rows.filter(({ mergedInto }) => mergedInto === null).map(toRecord)
}

/** One page of the ids of all customers, or of those of whom something is true, by id. */
export async function pageOfIds(
  tx: ReadTx,
  workspaceId: string,
  after: string,
  limit: number,
  isWanted?: (customers: ReadTx['tables']['customers']) => SQL | undefined,
): Promise<string[]> {
  const { customers } = tx.tables
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(livingCustomers(tx, workspaceId), gt(customers.id, after), isWanted?.(customers)))
    .orderBy(asc(customers.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** One page of the ids of those who can be judged by orders, deadlines or a silence that has run out, by id. */
export const pageOfJudged = (tx: ReadTx, workspaceId: string, after: string, limit: number) =>
  pageOfIds(tx, workspaceId, after, limit, ({ orderCount, wakeAt, engagement }) =>
    or(gt(orderCount, 0), isNotNull(wakeAt), eq(engagement, 'cold')),
  )

/** Nothing more is fed to a customer, and why. */
export async function markParked(tx: Tx, workspaceId: string, id: string, parked: string): Promise<void> {
  const { customers } = tx.tables
  await tx
    .update(customers)
    .set({ parked })
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id)))
}

export interface SavedCustomer {
  customer: Customer
  /** As it was read in this transaction; null for one that is not stored yet. */
  stored: Customer | null
  parked: string | null
  createdAt: number
}

/** The columns of a customer that indexes are on, as far as they change. */
const indexedValues = (customer: Customer) => ({
  email: customer.email,
  userId: customer.userId,
  claimedEmail: customer.claims.email ?? null,
  claimedUserId: customer.claims.userId ?? null,
  stage: customer.lifecycle.value.stage,
  wakeAt: earliest(customer.timers),
})

function movesIndexes({ customer, stored }: SavedCustomer): boolean {
  if (stored === null) return true
  const before: Record<string, unknown> = indexedValues(stored)
  return Object.entries(indexedValues(customer)).some(([name, value]) => value !== before[name])
}

const toRow = (workspaceId: string, { customer, parked, createdAt }: SavedCustomer, updatedAt: number) => {
  const { id, enrolments: _enrolments, orders: _orders, ...state } = customer
  return {
    workspaceId,
    id,
    ...customer.lifecycle.value,
    ...indexedValues(customer),
    orderCount: customer.figures.count,
    firstOrderAt: customer.figures.firstAt,
    lastOrderAt: customer.figures.lastAt,
    parked,
    state,
    createdAt,
    updatedAt,
  }
}

/**
 * Most events change only what no index is on. SQLite rewrites the indexes of every column that an update names, changed
 * or not: leaving them out halves the pages that such a customer dirties.
 */
export async function saveCustomers(
  tx: Tx,
  workspaceId: string,
  saved: readonly SavedCustomer[],
  updatedAt: number,
): Promise<void> {
  const { customers } = tx.tables
  const target = [customers.workspaceId, customers.id]
  const unindexed = {
    value: excluded(customers.value),
    engagement: excluded(customers.engagement),
    permission: excluded(customers.permission),
    advocacy: excluded(customers.advocacy),
    orderCount: excluded(customers.orderCount),
    firstOrderAt: excluded(customers.firstOrderAt),
    lastOrderAt: excluded(customers.lastOrderAt),
    parked: excluded(customers.parked),
    state: excluded(customers.state),
    updatedAt: excluded(customers.updatedAt),
  }
  const indexed = {
    email: excluded(customers.email),
    userId: excluded(customers.userId),
    claimedEmail: excluded(customers.claimedEmail),
    claimedUserId: excluded(customers.claimedUserId),
    stage: excluded(customers.stage),
    wakeAt: excluded(customers.wakeAt),
  }
  const sorted = saved.toSorted((one, other) => (one.customer.id < other.customer.id ? -1 : 1))
  const rowsOf = (group: readonly SavedCustomer[]) => group.map((one) => toRow(workspaceId, one, updatedAt))
  const moved = rowsOf(sorted.filter(movesIndexes))
  const others = rowsOf(sorted.filter((one) => !movesIndexes(one)))
  if (moved.length > 0)
    await insertRows(tx, customers, moved).onConflictDoUpdate({ target, set: { ...unindexed, ...indexed } })
  if (others.length > 0)
    await insertRows(tx, customers, others).onConflictDoUpdate({ target, set: unindexed })
  await saveListings(tx, workspaceId, sorted, updatedAt)
}

/**
 * Customers that have become part of others, by id: whom of. They stay as signposts: nothing wakes them, their history
 * is read with the other's.
 */
export async function markMerged(
  tx: Tx,
  workspaceId: string,
  merged: Readonly<Record<string, string>>,
): Promise<void> {
  const { customers, identities, messages, enrolments } = tx.tables
  const { dialect } = tx
  const absorbed = Object.keys(merged)
  if (absorbed.length === 0) return
  await deleteListings(tx, workspaceId, absorbed)
  // One for each index: with `or` SQLite looks at every customer of the workspace.
  for (const column of [customers.mergedInto, customers.id]) {
    await tx
      .update(customers)
      .set({ mergedInto: sql`${dialect.replaced(column, merged)}`, wakeAt: null })
      .where(and(eq(customers.workspaceId, workspaceId), dialect.isOneOf(column, absorbed)))
  }
  for (const table of [identities, messages, enrolments]) {
    await tx
      .update(table)
      .set({ customerId: sql`${dialect.replaced(table.customerId, merged)}` })
      .where(and(eq(table.workspaceId, workspaceId), dialect.isOneOf(table.customerId, absorbed)))
  }
}

/** A customer's id and those of all that were merged into it. */
export async function memberIds(tx: ReadTx, workspaceId: string, customerId: string): Promise<string[]> {
  return [customerId, ...(await readMembers(tx, workspaceId, [customerId])).keys()]
}

/** Whoever was merged into one of these customers, by id: whom into. */
export async function readMembers(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const { customers } = tx.tables
  const rows = await tx
    .select({ id: customers.id, mergedInto: customers.mergedInto })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.mergedInto, customerIds)))
  return new Map(rows.map(({ id, mergedInto }) => [id, mergedInto ?? id]))
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
