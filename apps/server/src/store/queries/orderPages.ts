import type { OrderFacts } from '@ciclo/engine'
import { and, asc, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import type { ReadTx } from '../store.ts'

interface OrderRow extends OrderFacts {
  customerId: string
  id: string
}

/** As many rows as are worth one round trip, and never more in memory. */
const PAGE = 10_000

async function pageOfRows(
  tx: ReadTx,
  workspaceId: string,
  after: OrderRow | undefined,
  limit: number,
): Promise<OrderRow[]> {
  const { orders } = tx.tables
  const { customerId, id, at, currency, total, refunded, cancelled, trusted, told } = orders
  return await tx
    .select({ customerId, id, at, currency, total, refunded, cancelled, trusted, told })
    .from(orders)
    .where(
      and(
        eq(orders.workspaceId, workspaceId),
        after && behind('ascending', [customerId, after.customerId], [id, after.id]),
      ),
    )
    .orderBy(asc(customerId), asc(id))
    .limit(limit)
}

/** What the figures need of all orders of a workspace, customer after customer: all that are stored, in any order. */
export async function* ordersByCustomer(
  tx: ReadTx,
  workspaceId: string,
  page = PAGE,
): AsyncGenerator<OrderFacts[]> {
  let gathered: OrderRow[] = []
  for (let rows: OrderRow[] = [], last: OrderRow | undefined; ; last = rows.at(-1)) {
    rows = await pageOfRows(tx, workspaceId, last, page)
    for (const row of rows) {
      if (gathered[0] && gathered[0].customerId !== row.customerId) {
        yield gathered
        gathered = []
      }
      gathered.push(row)
    }
    if (rows.length < page) break
  }
  if (gathered.length > 0) yield gathered
}
