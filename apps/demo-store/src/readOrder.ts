import type { CartLine } from './addUp.ts'
import { findProduct } from './catalog.ts'

/** What the checkout page sends. */
export interface OrderRequest {
  name: string
  email: string
  cartId: string
  /** Pieces by product id. */
  quantities: Record<string, number>
}

export interface Order {
  name: string
  email: string
  cartId: string
  lines: CartLine[]
}

const LONGEST = 200
const MOST_PIECES = 9_999

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST

/** An order as the shop takes it, at its own prices; undefined where it is none. */
export function readOrder(body: unknown): Order | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { name, email, cartId, quantities } = body as Partial<Record<keyof OrderRequest, unknown>>
  if (!isText(name) || !isText(email) || !isText(cartId)) return undefined
  const lines = Object.entries(quantities ?? {}).flatMap(([id, quantity]: [string, unknown]): CartLine[] => {
    const product = findProduct(id)
    const isCount = Number.isInteger(quantity) && Number(quantity) > 0 && Number(quantity) <= MOST_PIECES
    return product && isCount ? [{ product, quantity: Number(quantity) }] : []
  })
  return lines.length === 0 ? undefined : { name: name.trim(), email: email.trim(), cartId, lines }
}
