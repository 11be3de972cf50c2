import { addUp, type CartLine } from '../addUp.ts'
import { describeCart } from '../describeCart.ts'
import { formatMoney } from '../formatMoney.ts'
import type { OrderRequest } from '../readOrder.ts'
import { emptyCart, readCart, readCartId } from './cart.ts'
import { identify, track } from './ciclo.ts'
import { createElement } from './createElement.ts'
import { readCustomer, rememberCustomer } from './customer.ts'
import { find } from './find.ts'
import { lastOrder } from './order.ts'
import { shopUrl } from './shopUrl.ts'
import { showSums } from './showSums.ts'

const createLine = ({ product, quantity }: CartLine): HTMLElement =>
  createElement(
    'li',
    { class: 'line' },
    createElement('span', { class: 'line-text' }, `${quantity} × ${product.name}`),
    createElement('span', { class: 'line-sum' }, formatMoney(product.price * quantity)),
  )

/** The shop's server takes the order and tells Ciclo of it; the browser only says who it is. */
const placeOrder = async (name: string, email: string): Promise<void> => {
  const quantities = Object.fromEntries(readCart().map(({ product, quantity }) => [product.id, quantity]))
  const request: OrderRequest = { name, email, cartId: readCartId(), quantities }
  const response = await fetch(`${shopUrl()}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new Error(`The shop has not taken the order: ${response.status}`)
  const { id, total } = (await response.json()) as { id: string; total: number }
  const [firstName = '', ...others] = name.split(/\s+/)
  rememberCustomer({ name, email })
  identify({ email, firstName, ...(others.length > 0 && { lastName: others.join(' ') }) })
  lastOrder.write({ id, total, firstName })
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

  const { total, revenue, ...rest } = describeCart(lines, readCartId(), shopUrl())
  track('Checkout Started', { ...rest, value: total, revenue })

  find('[data-checkout]').addEventListener('submit', (event) => {
    event.preventDefault()
    const button = find('[data-testid=place-order]', HTMLButtonElement)
    // A second click must not be a second order.
    if (button.disabled) return
    button.disabled = true
    find('[data-failed]').hidden = true
    placeOrder(name.value.trim(), email.value.trim()).catch(() => {
      find('[data-failed]').hidden = false
      button.disabled = false
    })
  })
}
