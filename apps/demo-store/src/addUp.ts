import type { Product } from './catalog.ts'

export interface CartLine {
  product: Product
  quantity: number
}

/** Cents of a euro. */
export interface Sums {
  subtotal: number
  shipping: number
  total: number
}

const FREE_SHIPPING_FROM = 4_000
const SHIPPING = 490

export const addUp = (lines: readonly CartLine[]): Sums => {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING
  return { subtotal, shipping, total: subtotal + shipping }
}
