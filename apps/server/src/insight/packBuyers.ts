import { buyerHistoryOf, type BuyerHistory, type Settings } from '@ciclo/engine'
import { ordersByCustomer } from '../store/queries/orderPages.ts'
import type { ReadTx } from '../store/store.ts'

/**
 * The buyers of a workspace, from the orders that are stored until `at`. They are kept in numbers alone, so that a
 * million orders are some megabytes, and may be passed more than once.
 */
export async function packBuyers(
  tx: ReadTx,
  workspaceId: string,
  settings: Settings,
  at: number,
): Promise<Iterable<BuyerHistory>> {
  const times: number[] = []
  const buyers: (Omit<BuyerHistory, 'orders'> & { end: number })[] = []
  for await (const orders of ordersByCustomer(tx, workspaceId)) {
    const buyer = buyerHistoryOf(orders, settings, at)
    if (!buyer) continue
    const { orders: own, ...figures } = buyer
    for (const time of own) times.push(time)
    buyers.push({ ...figures, end: times.length })
  }
  return {
    *[Symbol.iterator]() {
      let begin = 0
      for (const { end, ...figures } of buyers) {
        yield { ...figures, orders: times.slice(begin, end) }
        begin = end
      }
    },
  }
}
