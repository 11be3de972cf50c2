import { and, asc, type Column, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import type { ReadTx } from '../store.ts'

type Tables = ReadTx['tables']

/** Everything that is stored by customer, and the columns that put a customer's rows in order. */
const ORDERS = {
  identities: ['kind', 'value'],
  consents: ['recordedAt', 'id'],
  orders: ['id'],
  transitions: ['position'],
  segmentMembers: ['segmentId'],
  enrolments: ['id'],
  messages: ['createdAt', 'id'],
  recipients: ['campaignId'],
  opens: ['at'],
  coupons: ['code'],
  webhooks: ['createdAt', 'id'],
  parked: ['at', 'id'],
  events: ['at', 'messageId'],
} as const

export type CustomerTable = keyof typeof ORDERS
export const CUSTOMER_TABLES = Object.keys(ORDERS) as readonly CustomerTable[]
export type CustomerRow<Name extends CustomerTable> = Tables[Name]['$inferSelect']

/** One page of what a table holds of one customer (and not of those merged into it), behind the last row of a page before. */
export async function pageOfCustomerRows<Name extends CustomerTable>(
  tx: ReadTx,
  workspaceId: string,
  name: Name,
  customerId: string,
  after: CustomerRow<Name> | undefined,
  limit: number,
): Promise<CustomerRow<Name>[]> {
  // Which of the tables it is does not matter here: all have these two columns, and those that order them.
  const table = tx.tables[name] as unknown as Tables['events']
  const order = ORDERS[name].map((property) => ({
    column: (table as unknown as Record<string, Column>)[property] as Column,
    value: (after as Record<string, unknown> | undefined)?.[property],
  }))
  const rows: unknown = await tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.workspaceId, workspaceId),
        eq(table.customerId, customerId),
        after && behind('ascending', ...order.map(({ column, value }) => [column, value] as const)),
      ),
    )
    .orderBy(...order.map(({ column }) => asc(column)))
    .limit(limit)
  return rows as CustomerRow<Name>[]
}
