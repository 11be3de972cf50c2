import type { CartLine } from './cart.ts'
import { createBrowserStore } from './createBrowserStore.ts'

/** Cents of a euro. */
export interface Sums {
  subtotal: number
  shipping: number
  total: number
}

const FREE_SHIPPING_FROM = 4_000
const SHIPPING = 490

export const addUp = (lines: CartLine[]): Sums => {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING
  return { subtotal, shipping, total: subtotal + shipping }
}

export interface PlacedOrder {
  id: string
  total: number
  firstName: string
}

/** The last order of this tab, for the page that says thank you. */
export const lastOrder = createBrowserStore<PlacedOrder | null>(
  () => sessionStorage,
  'demo-store.order',
  null,
)
