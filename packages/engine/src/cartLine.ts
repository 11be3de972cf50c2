import { cutText } from './cutText.ts'
import { currencyOf, toMinorUnits } from './money.ts'
import type { Product } from './productSchema.ts'

/** One product in a cart. `price` is that of one, in integer minor units of the cart's currency, where it is known. */
export interface CartLine {
  productId: string | null
  sku: string | null
  variant: string | null
  quantity: number
  price: number | null
}

/** A cart with more is somebody's experiment. */
const LINES = 100
const QUANTITY = 1_000_000

/** Fractions of a kilogram stay what a person would write: 0.3 - 0.1 is 0.2. */
const rounded = (quantity: number) => Math.min(QUANTITY, Math.round(quantity * 1e6) / 1e6)

const agree = (one: string | null, other: string | null) => one === null || other === null || one === other

/** Whether two lines may be of one product: nothing that both state differs, and they share an id. */
const maySame = (one: CartLine, other: CartLine) =>
  agree(one.productId, other.productId) &&
  agree(one.sku, other.sku) &&
  agree(one.variant, other.variant) &&
  ((one.productId !== null && other.productId !== null) || (one.sku !== null && other.sku !== null))

const isExactly = (one: CartLine, other: CartLine) =>
  one.productId === other.productId && one.sku === other.sku && one.variant === other.variant

/** Where a product stands: the line that is exactly it, else the first that may be, since not every page names it all. */
function placeOf(lines: readonly CartLine[], line: CartLine): number {
  const exactly = lines.findIndex((other) => isExactly(other, line))
  return exactly >= 0 ? exactly : lines.findIndex((other) => maySame(other, line))
}

/** A product as a line, or undefined where it cannot be told from others. */
function lineOf(product: Product, cartCurrency: string): CartLine | undefined {
  const { product_id: productId = null, sku = null, variant = null, quantity = 1, price } = product
  if (productId === null && sku === null) return undefined
  const isForeign = (currencyOf(product.currency) ?? cartCurrency) !== cartCurrency
  return {
    productId,
    sku,
    variant: variant === null ? null : cutText(variant, 255),
    quantity: rounded(quantity),
    price: isForeign ? null : (toMinorUnits(price, cartCurrency) ?? null),
  }
}

/** The lines with so many more of a product; the oldest make room. */
export function addProduct(
  lines: readonly CartLine[],
  product: Product,
  currency: string,
): readonly CartLine[] {
  const line = lineOf(product, currency)
  if (!line || line.quantity <= 0) return lines
  const place = placeOf(lines, line)
  const known = lines[place]
  if (!known) return [...lines, line].slice(-LINES)
  return lines.with(place, {
    ...known,
    quantity: rounded(known.quantity + line.quantity),
    price: line.price ?? known.price,
  })
}

/** The lines with so many fewer of a product; without a quantity, with none of it. */
export function removeProduct(
  lines: readonly CartLine[],
  product: Product,
  currency: string,
): readonly CartLine[] {
  const line = lineOf(product, currency)
  const place = line ? placeOf(lines, line) : -1
  const known = lines[place]
  if (!line || !known) return lines
  const left = product.quantity === undefined ? 0 : rounded(known.quantity - Math.abs(line.quantity))
  return left > 0 ? lines.with(place, { ...known, quantity: left }) : lines.toSpliced(place, 1)
}
