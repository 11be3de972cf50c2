import { normaliseEmail } from '@ciclo/engine'
import { ImportedOrderSchema, type ImportedOrder } from '../importOrders.ts'
import { isPlain, PLAIN, refusalOf } from './cells.ts'
import type { Field, OrderColumns } from './orderColumns.ts'
import { readAmount } from './readAmount.ts'
import { readInstant } from './readInstant.ts'

export type ReadOrder = { ok: true; order: ImportedOrder } | { ok: false; reason: string }

const refused = (field: Field, given: string, expected: string): ReadOrder => ({
  ok: false,
  reason: refusalOf(field, given, expected),
})

/**
 * Reads an order from the cells of a row.
 *
 * @param currency of an order that names none
 */
export function readOrder(
  cells: readonly string[],
  columns: OrderColumns,
  currency: string | undefined,
): ReadOrder {
  const cell = (field: Field) => cells[columns[field] ?? -1]?.trim() ?? ''
  const [orderId, userId, email, total] = [cell('order_id'), cell('user_id'), cell('email'), cell('total')]
  if (orderId === '' || !isPlain(orderId)) return refused('order_id', orderId, PLAIN)
  if (userId !== '' && !isPlain(userId)) return refused('user_id', userId, PLAIN)
  const address = normaliseEmail(email)
  if (email !== '' && (address === undefined || !isPlain(address))) {
    return refused('email', email, 'an address such as anna@example.com')
  }
  if (userId === '' && address === undefined) {
    return refused(
      columns.user_id === undefined ? 'email' : 'user_id',
      '',
      'the customer, by user_id or email',
    )
  }
  const at = readInstant(cell('date'))
  if (at === undefined)
    return refused('date', cell('date'), 'ISO 8601, YYYYMMDD, YYYY-MM-DD HH:MM:SS or epoch time')
  const ownCurrency = cell('currency')
  if (ownCurrency !== '' && !/^[a-z]{3}$/i.test(ownCurrency)) {
    return refused('currency', ownCurrency, 'a currency of ISO 4217, such as USD')
  }
  const orderCurrency = ownCurrency === '' ? currency : ownCurrency.toUpperCase()
  const amount = readAmount(total, orderCurrency)
  if (!amount.ok) return refused('total', total, amount.expected)
  const parsed = ImportedOrderSchema.safeParse({
    orderId,
    at,
    total: amount.amount,
    ...(orderCurrency === undefined ? {} : { currency: orderCurrency }),
    ...(userId === '' ? {} : { userId }),
    ...(address === undefined ? {} : { email: address }),
  })
  if (parsed.success) return { ok: true, order: parsed.data }
  const [issue] = parsed.error.issues
  return { ok: false, reason: `${issue?.path.join('.')}: ${issue?.message}` }
}
