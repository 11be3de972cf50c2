import type { CartLine } from '../addUp.ts'
import { findProduct } from '../catalog.ts'
import { createBrowserStore } from './createBrowserStore.ts'

interface StoredCart {
  id: string
  /** Pieces by product id. */
  quantities: Record<string, number>
}

const createCart = (): StoredCart => ({ id: `cart-${crypto.randomUUID()}`, quantities: {} })
const store = createBrowserStore(() => localStorage, 'demo-store.cart', createCart())

export const readCartId = (): string => store.read().id

/** What is in the cart, in the order in which it came in. Products that the shop no longer has are left out. */
export const readCart = (): CartLine[] =>
  Object.entries(store.read().quantities).flatMap(([id, quantity]) => {
    const product = findProduct(id)
    return product ? [{ product, quantity }] : []
  })

export const addToCart = (productId: string, quantity: number): void => {
  const { id, quantities } = store.read()
  store.write({ id, quantities: { ...quantities, [productId]: (quantities[productId] ?? 0) + quantity } })
}

export const removeFromCart = (productId: string): void => {
  const { id, quantities } = store.read()
  store.write({
    id,
    quantities: Object.fromEntries(Object.entries(quantities).filter(([key]) => key !== productId)),
  })
}

/** The next cart is another one, with another id. */
export const emptyCart = (): void => store.write(createCart())
