import { findProduct } from '../catalog.ts'
import { addToCart, readCartId } from './cart.ts'
import { track } from './ciclo.ts'
import { createElement } from './createElement.ts'
import { createEventProduct } from './createEventProduct.ts'
import { find } from './find.ts'
import { showCartCount } from './showCartCount.ts'

export const showProductPage = (): void => {
  const product = findProduct(document.body.dataset.product ?? '')
  if (!product) return
  track('Product Viewed', { ...createEventProduct(product, 1), currency: 'EUR', value: product.price / 100 })

  find('[data-buy]').addEventListener('submit', (event) => {
    event.preventDefault()
    const quantity = Number(find('#quantity', HTMLSelectElement).value)
    addToCart(product.id, quantity)
    track('Product Added', { cart_id: readCartId(), ...createEventProduct(product, quantity) })
    showCartCount()
    const link = createElement('a', { href: `${document.body.dataset.base ?? ''}/cart` }, 'See your cart')
    find('[data-buy-done]').replaceChildren(`${quantity} × ${product.name} in the cart. `, link)
  })
}
