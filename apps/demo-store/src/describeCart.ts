import { addUp, type CartLine } from './addUp.ts'
import { describeProduct } from './describeProduct.ts'

/** What the events of checkout and order say of the cart, in euros. */
export const describeCart = (lines: readonly CartLine[], cartId: string, shopUrl: string) => {
  const { subtotal, shipping, total } = addUp(lines)
  return {
    checkout_id: cartId,
    subtotal: subtotal / 100,
    shipping: shipping / 100,
    total: total / 100,
    revenue: subtotal / 100,
    currency: 'EUR',
    products: lines.map(({ product, quantity }) => describeProduct(product, quantity, shopUrl)),
  }
}
