import { sumOrdersByDay } from '../store/queries/orderMonths.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { Month } from './createMoveIn.ts'

/** What Ciclo knows of the shop's orders, by month and currency: to be held against a file. */
export async function readOrderMonths(
  store: Store,
  { workspaceId }: { workspaceId: string },
): Promise<Month[]> {
  const days = await store.read(async (tx) =>
    sumOrdersByDay(tx, workspaceId, await readSettings(tx, workspaceId)),
  )
  const months = new Map<string, Month>()
  for (const { day, currency, orders, revenue } of days) {
    const month = new Date(day).toISOString().slice(0, 7)
    const key = `${month} ${currency}`
    const known = months.get(key) ?? { month, currency, orders: 0, revenue: 0 }
    months.set(key, { ...known, orders: known.orders + orders, revenue: known.revenue + revenue })
  }
  return [...months.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, month]) => month)
}
