import { formatMoney } from '../formatMoney.ts'
import { emptyCart, readCart, readCartId } from './cart.ts'
import type { CartLine } from './cart.ts'
import { identify, track } from './ciclo.ts'
import { createElement } from './createElement.ts'
import { createEventProduct } from './createEventProduct.ts'
import { readCustomer, rememberCustomer } from './customer.ts'
import { find } from './find.ts'
import { addUp, lastOrder } from './order.ts'
import { showSums } from './showSums.ts'

const createLine = ({ product, quantity }: CartLine): HTMLElement =>
  createElement(
    'li',
    { class: 'line' },
    createElement('span', { class: 'line-text' }, `${quantity} × ${product.name}`),
    createElement('span', { class: 'line-sum' }, formatMoney(product.price * quantity)),
  )

/** What the checkout's events say of the cart, in euros. */
const describe = (lines: CartLine[]) => {
  const { subtotal, shipping, total } = addUp(lines)
  return {
    checkout_id: readCartId(),
    subtotal: subtotal / 100,
    shipping: shipping / 100,
    total: total / 100,
    revenue: subtotal / 100,
    currency: 'EUR',
    products: lines.map(({ product, quantity }) => createEventProduct(product, quantity)),
  }
}

const placeOrder = (name: string, email: string): void => {
  const lines = readCart()
  const id = `CAF-${crypto.randomUUID()}`
  const [firstName = '', ...others] = name.split(/\s+/)
  rememberCustomer({ name, email })
  identify({ email, firstName, ...(others.length > 0 && { lastName: others.join(' ') }) })
  track('Order Completed', { order_id: id, ...describe(lines) })
  lastOrder.write({ id, total: addUp(lines).total, firstName })
  emptyCart()
  location.assign(`${document.body.dataset.base ?? ''}/thank-you`)
}

export const showCheckoutPage = (): void => {
  const lines = readCart()
  find('[data-empty]').hidden = lines.length > 0
  find('[data-filled]').hidden = lines.length === 0
  if (lines.length === 0) return

  const customer = readCustomer()
  const name = find('#checkout-name', HTMLInputElement)
  const email = find('#checkout-email', HTMLInputElement)
  name.value ||= customer.name ?? ''
  email.value ||= customer.email ?? ''
  find('[data-lines]').replaceChildren(...lines.map(createLine))
  showSums(addUp(lines))

  const { total, revenue, ...rest } = describe(lines)
  track('Checkout Started', { ...rest, value: total, revenue })

  find('[data-checkout]').addEventListener('submit', (event) => {
    event.preventDefault()
    const button = find('[data-testid=place-order]', HTMLButtonElement)
    // A second click must not be a second order.
    if (button.disabled) return
    button.disabled = true
    placeOrder(name.value.trim(), email.value.trim())
  })
}
