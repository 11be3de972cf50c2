import { formatMoney } from '../formatMoney.ts'
import { find } from './find.ts'
import { lastOrder } from './order.ts'

export const showThankYouPage = (): void => {
  const order = lastOrder.read()
  if (!order) return
  find('[data-customer]').textContent = order.firstName ? `, ${order.firstName}` : ''
  find('[data-order-id]').textContent = order.id.slice(0, 12).toUpperCase()
  find('[data-order-total]').textContent = formatMoney(order.total)
  find('[data-order]').hidden = false
}
