import { and, asc, eq, type Column } from 'drizzle-orm'
import { behind } from '../behind.ts'
import type { ReadTx } from '../store.ts'

type Tables = ReadTx['tables']

/** The tables that are written out row by row, and the columns of their keys: an order that nothing changes. */
const KEYS = {
  consents: ['id'],
  events: ['customerId', 'at', 'messageId'],
  orders: ['customerId', 'id'],
  products: ['id'],
  messages: ['id'],
  templates: ['name', 'version'],
  journeys: ['id', 'version'],
  segments: ['id'],
  campaigns: ['id'],
} as const

export type ExportedTable = keyof typeof KEYS
export type ExportedRow<Name extends ExportedTable> = Tables[Name]['$inferSelect']

/** One page of a table's rows of a workspace, in the order of their keys, behind the last row of the page before. */
export async function pageOfRows<Name extends ExportedTable>(
  tx: ReadTx,
  workspaceId: string,
  name: Name,
  after: ExportedRow<Name> | undefined,
  limit: number,
): Promise<ExportedRow<Name>[]> {
  // Which of the tables it is does not matter here: all have a workspace, and the columns of their keys.
  const table = tx.tables[name] as unknown as Tables['products']
  const order = KEYS[name].map((property) => ({
    column: (table as unknown as Record<string, Column>)[property] as Column,
    value: (after as Record<string, unknown> | undefined)?.[property],
  }))
  const rows: unknown = await tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.workspaceId, workspaceId),
        after && behind('ascending', ...order.map(({ column, value }) => [column, value] as const)),
      ),
    )
    .orderBy(...order.map(({ column }) => asc(column)))
    .limit(limit)
  return rows as ExportedRow<Name>[]
}

/** What was bought in each of these orders. */
export async function readOrderLines(
  tx: ReadTx,
  workspaceId: string,
  orderIds: readonly string[],
): Promise<Map<string, Tables['orderLines']['$inferSelect'][]>> {
  const { orderLines } = tx.tables
  const rows = await tx
    .select()
    .from(orderLines)
    .where(
      and(
        eq(orderLines.workspaceId, workspaceId),
        tx.dialect.isOneOf(orderLines.orderId, [...new Set(orderIds)]),
      ),
    )
    .orderBy(asc(orderLines.orderId), asc(orderLines.line))
  return Map.groupBy(rows, ({ orderId }) => orderId)
}

/** Who somebody is today. */
export interface Named {
  id: string
  email: string | null
  userId: string | null
}

/** Who these customers are today, by the ids that they had when something happened. */
export async function readNamed(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Map<string, Named>> {
  const { customers } = tx.tables
  const { id, email, userId, mergedInto } = customers
  const known = new Map<string, Named & { mergedInto: string | null }>()
  for (let asked = [...new Set(customerIds)]; asked.length > 0;) {
    const rows = await tx
      .select({ id, email, userId, mergedInto })
      .from(customers)
      .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(id, asked)))
    for (const row of rows) known.set(row.id, row)
    asked = [...new Set(rows.flatMap((row) => row.mergedInto ?? []))].filter((one) => !known.has(one))
  }
  const rootOf = (one: string): Named | undefined => {
    const row = known.get(one)
    return row?.mergedInto ? rootOf(row.mergedInto) : row
  }
  return new Map(
    customerIds.flatMap((one) => {
      const root = rootOf(one)
      return root ? [[one, { id: root.id, email: root.email, userId: root.userId }] as const] : []
    }),
  )
}

/** The last thing that was recorded of marketing mail as a whole, of each of these customers. */
export async function readLastConsents(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Map<string, Tables['consents']['$inferSelect']>> {
  const { consents } = tx.tables
  const rows = await tx
    .select()
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, workspaceId),
        tx.dialect.isOneOf(consents.customerId, customerIds),
        eq(consents.purpose, 'marketing-email'),
      ),
    )
    .orderBy(asc(consents.at), asc(consents.recordedAt))
  return new Map(rows.filter(({ topic }) => topic === null).map((row) => [row.customerId, row]))
}
