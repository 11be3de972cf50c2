import { readCart } from './cart.ts'
import { find } from './find.ts'

export const showCartCount = (): void => {
  const count = readCart().reduce((sum, { quantity }) => sum + quantity, 0)
  find('[data-cart-count]').textContent = String(count)
}
