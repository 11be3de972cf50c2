import { iso } from '../routes/iso.ts'
import { pageOfRows, readNamed, readOrderLines, type ExportedRow } from '../store/queries/exportedRows.ts'
import type { ReadTx } from '../store/store.ts'
import { decimal, decimalOrNull } from './decimals.ts'
import type { Exporter } from './exported.ts'

const AT_ONCE = 500

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

async function page(tx: ReadTx, workspaceId: string, after: ExportedRow<'orders'> | undefined) {
  const rows = await pageOfRows(tx, workspaceId, 'orders', after, AT_ONCE)
  const named = await readNamed(
    tx,
    workspaceId,
    rows.map(({ customerId }) => customerId),
  )
  const bought = await readOrderLines(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  )
  const lines = rows
    // Of one that is not told yet only a refund or a cancellation is known.
    .filter(({ told }) => told)
    .map((order) => {
      const { id, at, currency, total, refunded, cancelled, trusted, discount, coupon, refunds } = order
      const who = named.get(order.customerId)
      return {
        id,
        customerId: who?.id ?? order.customerId,
        email: who?.email ?? null,
        userId: who?.userId ?? null,
        at: iso(at),
        currency,
        total: decimal(total, currency),
        refunded: decimal(refunded, currency),
        cancelled,
        trusted,
        discount: decimalOrNull(discount, currency),
        coupon,
        refunds: [...(refunds ?? [])],
        lines: (bought.get(id) ?? []).map((line) => ({
          productId: line.productId,
          variant: line.variant,
          name: line.name,
          quantity: line.quantity,
          price: decimalOrNull(line.price, line.currency),
          currency: line.currency,
        })),
      }
    })
  return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
}

/** Orders with amounts as decimals, and with what was bought where that is known. */
export const exportOrders: Exporter<Line, ExportedRow<'orders'>> = {
  page,
  columns: [
    ['order_id', ({ id }) => id],
    ['customer_id', ({ customerId }) => customerId],
    ['email', ({ email }) => email],
    ['user_id', ({ userId }) => userId],
    ['ordered_at', ({ at }) => at],
    ['currency', ({ currency }) => currency],
    ['total', ({ total }) => total],
    ['refunded', ({ refunded }) => refunded],
    ['cancelled', ({ cancelled }) => String(cancelled)],
    ['trusted', ({ trusted }) => String(trusted)],
    ['discount', ({ discount }) => discount],
    ['coupon', ({ coupon }) => coupon],
    ['refunds', ({ refunds }) => (refunds.length > 0 ? JSON.stringify(refunds) : '')],
    ['lines', ({ lines }) => (lines.length > 0 ? JSON.stringify(lines) : '')],
  ],
}
