import { addUp, type CartLine } from '../addUp.ts'
import { formatMoney } from '../formatMoney.ts'
import { readCart, readCartId, removeFromCart } from './cart.ts'
import { track } from './ciclo.ts'
import { createElement } from './createElement.ts'
import { createEventProduct } from './createEventProduct.ts'
import { find } from './find.ts'
import { showCartCount } from './showCartCount.ts'
import { showSums } from './showSums.ts'

const createLine = ({ product, quantity }: CartLine): HTMLElement => {
  const base = document.body.dataset.base ?? ''
  const remove = createElement(
    'button',
    { type: 'button', class: 'quiet', 'data-testid': 'remove', 'aria-label': `Remove ${product.name}` },
    'Remove',
  )
  remove.addEventListener('click', () => {
    removeFromCart(product.id)
    track('Product Removed', { cart_id: readCartId(), ...createEventProduct(product, quantity) })
    render()
    find('h1').focus()
  })
  return createElement(
    'li',
    { class: 'line cart-line', 'data-testid': 'cart-line' },
    createElement('img', { src: `${base}/assets/${product.id}.svg`, alt: '', width: '80', height: '80' }),
    createElement(
      'div',
      { class: 'line-text' },
      createElement('a', { href: `${base}/products/${product.id}` }, product.name),
      createElement('span', { class: 'hint' }, `${quantity} × ${formatMoney(product.price)}`),
    ),
    createElement('span', { class: 'line-sum' }, formatMoney(product.price * quantity)),
    remove,
  )
}

const render = (): void => {
  const lines = readCart()
  find('[data-empty]').hidden = lines.length > 0
  find('[data-filled]').hidden = lines.length === 0
  find('[data-lines]').replaceChildren(...lines.map(createLine))
  showSums(addUp(lines))
  showCartCount()
}

export const showCartPage = (): void => {
  find('h1').tabIndex = -1
  render()
  track('Cart Viewed', {
    cart_id: readCartId(),
    products: readCart().map(({ product, quantity }) => createEventProduct(product, quantity)),
  })
}
