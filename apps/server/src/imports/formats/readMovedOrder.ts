import { refusalOf } from '../cells.ts'
import { readAmount } from '../readAmount.ts'
import { readInstant } from '../readInstant.ts'
import { readOrder } from '../readOrder.ts'
import type { MovedOrder, ReadRecord } from './importFormat.ts'

const FIELDS = ['order_id', 'user_id', 'email', 'date', 'total', 'currency'] as const
const COLUMNS = Object.fromEntries(FIELDS.map((field, place) => [field, place]))

export interface OrderCells extends Partial<Record<(typeof FIELDS)[number], string>> {
  discount?: string
  coupon?: string
  refunded?: string
  cancelledAt?: string
  products: readonly { sku?: string; name?: string; price?: string; quantity?: string }[]
}

const LONGEST = 255
const PIECES = /^\d{1,6}(\.0+)?$/

const short = (text: string | undefined) => text?.trim().slice(0, LONGEST) || undefined

/** An order by the fields of `readOrder`, with what became of it. */
export function readMovedOrder(cells: OrderCells): ReadRecord {
  const read = readOrder(
    FIELDS.map((field) => cells[field] ?? ''),
    COLUMNS,
    undefined,
  )
  if (!read.ok) return read
  const { order } = read
  const amounts: Pick<MovedOrder, 'discount' | 'refunded'> = {}
  for (const field of ['discount', 'refunded'] as const) {
    const given = (cells[field] ?? '').trim().replace(/^-/, '')
    if (given === '') continue
    const amount = readAmount(given, order.currency)
    if (!amount.ok) return { ok: false, reason: refusalOf(field, given, amount.expected) }
    if (Number(amount.amount) > 0) amounts[field] = amount.amount
  }
  const cancelled = (cells.cancelledAt ?? '').trim()
  const cancelledAt = cancelled === '' ? undefined : readInstant(cancelled)
  if (cancelled !== '' && cancelledAt === undefined)
    return {
      ok: false,
      reason: refusalOf('cancelled at', cancelled, 'a time such as 2024-05-01 12:00:00 -0400'),
    }
  const coupon = short(cells.coupon)
  const products = cells.products.flatMap(({ sku, name, price, quantity = '1' }) => {
    const pieces = quantity.trim()
    const amount = readAmount((price ?? '').trim(), order.currency)
    const stated = { sku: short(sku), name: short(name), ...(amount.ok ? { price: amount.amount } : {}) }
    // Without a name and a number it is the shipping, a tip or nothing.
    if ((stated.sku ?? stated.name) === undefined || !PIECES.test(pieces)) return []
    return [
      {
        ...(stated.sku === undefined ? {} : { sku: stated.sku }),
        ...(stated.name === undefined ? {} : { name: stated.name }),
        ...('price' in stated ? { price: stated.price } : {}),
        quantity: Number(pieces),
      },
    ]
  })
  return {
    ok: true,
    record: {
      order: {
        ...order,
        ...amounts,
        products,
        ...(coupon === undefined ? {} : { coupon }),
        ...(cancelledAt === undefined ? {} : { cancelledAt }),
      },
    },
  }
}
