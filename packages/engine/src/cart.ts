import { addProduct, removeProduct, type CartLine } from './cartLine.ts'
import type { CommerceEvent, CommerceName } from './commerceEvents.ts'
import { cutText } from './cutText.ts'
import { currencyOf, toMinorUnits } from './money.ts'
import type { Product } from './productSchema.ts'

/** Something that a customer is about to buy. Money is integer minor units of `currency`. */
export interface Cart {
  /** The shop's cart_id, or 'default' where it names none. */
  id: string
  status: 'open' | 'checkout'
  lines: readonly CartLine[]
  currency: string
  /** What the shop last said that it comes to, until a line changes; then what the lines come to, if a price is known. */
  value: number | null
  coupons: readonly string[]
  checkoutId: string | null
  orderId: string | null
  updatedAt: number
}

/** An event on its way into the carts. */
export interface CartMoment {
  at: number
  /** The shop's: that of a cart of which nobody has said another. */
  currency: string
  /** Whether this is the first that is heard of its order. The second telling must not close the next cart. */
  isNewOrder: boolean
}

type Carts = readonly Cart[]
type Change = (carts: Carts, event: CommerceEvent, moment: CartMoment) => Carts

const DEFAULT_ID = 'default'
const CARTS = 10
const COUPONS = 10

/** All that a cart event may say; each says some of it. */
interface Stated {
  cart_id?: string | undefined
  checkout_id?: string | undefined
  order_id?: string | undefined
  currency?: string | undefined
  value?: number | undefined
  total?: number | undefined
  revenue?: number | undefined
  coupon?: string | undefined
  coupon_id?: string | undefined
  coupon_name?: string | undefined
  products?: readonly Product[] | undefined
}

const statedIn = ({ properties }: CommerceEvent) => properties as Stated

const empty = (id: string, { at, currency }: CartMoment): Cart => ({
  id,
  status: 'open',
  lines: [],
  currency,
  value: null,
  coupons: [],
  checkoutId: null,
  orderId: null,
  updatedAt: at,
})

/** The carts stand in the order in which they were last touched: the oldest make room. */
const put = (carts: Carts, cart: Cart): Carts => [...without(carts, cart.id), cart].slice(-CARTS)
const without = (carts: Carts, id: string): Carts => carts.filter((cart) => cart.id !== id)

/** A cart in the currency that the event states: what the lines cost in another one is not known. */
function inCurrency(cart: Cart, stated: unknown): Cart {
  const currency = currencyOf(stated) ?? cart.currency
  if (currency === cart.currency) return cart
  return { ...cart, currency, value: null, lines: cart.lines.map((line) => ({ ...line, price: null })) }
}

function withLines(cart: Cart, lines: readonly CartLine[]): Cart {
  if (lines === cart.lines) return cart
  let value: number | null = null
  for (const { price, quantity } of lines) {
    if (price !== null) value = (value ?? 0) + Math.round(price * quantity)
  }
  return { ...cart, lines, value: Number.isSafeInteger(value) ? value : null }
}

const linesOf = (products: readonly Product[], currency: string) => {
  let lines: readonly CartLine[] = []
  for (const product of products) lines = addProduct(lines, product, currency)
  return lines
}

const statedValue = ({ value, total, revenue }: Stated, currency: string) =>
  toMinorUnits(value, currency) ?? toMinorUnits(total, currency) ?? toMinorUnits(revenue, currency)

/** A cart as an event shows it whole. */
function shown(cart: Cart, stated: Stated): Cart {
  const next = inCurrency(cart, stated.currency)
  const listed = stated.products ? withLines(next, linesOf(stated.products, next.currency)) : next
  const value = statedValue(stated, next.currency)
  return value === undefined ? listed : { ...listed, value: Math.max(0, value) }
}

const withCoupon = (cart: Cart, coupon: string | undefined): Cart =>
  coupon === undefined || cart.coupons.includes(coupon)
    ? cart
    : { ...cart, coupons: [...cart.coupons, cutText(coupon, 255)].slice(-COUPONS) }

const linked = (cart: Cart, { checkout_id: checkoutId, order_id: orderId }: Stated): Cart => ({
  ...cart,
  checkoutId: checkoutId ?? cart.checkoutId,
  orderId: orderId ?? cart.orderId,
})

const contradicts = (one: string | null, other: string | undefined) =>
  one !== null && other !== undefined && one !== other

/**
 * The cart that an event means: the one with its cart_id, else that with its checkout_id or order_id, else the one
 * touched last, before others one that goes by no other checkout or order. An event with a cart_id means no cart with
 * another.
 */
function meant(carts: Carts, stated: Stated): Cart | undefined {
  const { cart_id: cartId, checkout_id: checkoutId, order_id: orderId } = stated
  const named = carts.find(({ id }) => id === cartId)
  if (named) return named
  const candidates = carts.filter(({ id }) => cartId === undefined || id === DEFAULT_ID)
  return (
    candidates.findLast((cart) => checkoutId !== undefined && cart.checkoutId === checkoutId) ??
    candidates.findLast((cart) => orderId !== undefined && cart.orderId === orderId) ??
    candidates.findLast(
      (cart) => !contradicts(cart.checkoutId, checkoutId) && !contradicts(cart.orderId, orderId),
    ) ??
    candidates.at(-1)
  )
}

const oneOrMore = (event: CommerceEvent): readonly Product[] =>
  statedIn(event).products ?? [event.properties as Product]

/** Product Added, and from a wishlist. */
const added: Change = (carts, event, moment) => {
  const { cart_id: id = DEFAULT_ID, currency } = statedIn(event)
  const cart = inCurrency(carts.find((known) => known.id === id) ?? empty(id, moment), currency)
  let { lines } = cart
  for (const product of oneOrMore(event)) lines = addProduct(lines, product, cart.currency)
  return lines === cart.lines ? carts : put(carts, { ...withLines(cart, lines), updatedAt: moment.at })
}

const removed: Change = (carts, event, { at }) => {
  const { cart_id: id = DEFAULT_ID } = statedIn(event)
  const cart = carts.find((known) => known.id === id)
  if (!cart) return carts
  let { lines } = cart
  for (const product of oneOrMore(event)) lines = removeProduct(lines, product, cart.currency)
  if (lines.length === 0) return without(carts, id)
  return put(carts, { ...withLines(cart, lines), updatedAt: at })
}

/** Cart Viewed shows the whole cart; where it lists no products, it only says that somebody looked. */
const viewed: Change = (carts, event, moment) => {
  const stated = statedIn(event)
  const { cart_id: id = DEFAULT_ID, products } = stated
  const known = carts.find((cart) => cart.id === id)
  const cart = shown(known ?? empty(id, moment), stated)
  if (cart.lines.length === 0) return products ? without(carts, id) : carts
  return put(carts, { ...withCoupon(cart, stated.coupon), updatedAt: moment.at })
}

const checkedOut: Change = (carts, event, moment) => {
  const stated = statedIn(event)
  const id = stated.cart_id ?? DEFAULT_ID
  const known = meant(carts, stated) ?? empty(id, moment)
  const cart = withCoupon(linked(shown(known, stated), stated), stated.coupon)
  return put(carts, { ...cart, status: 'checkout', updatedAt: moment.at })
}

/** A step of a checkout says under which numbers its cart goes: its order may name only one of them. */
const stepped: Change = (carts, event, { at }) => {
  const stated = statedIn(event)
  const cart = meant(carts, stated)
  return cart ? put(carts, { ...linked(cart, stated), status: 'checkout', updatedAt: at }) : carts
}

const couponOf = ({ coupon_id: id, coupon_name: name }: Stated) => id ?? name

const couponApplied: Change = (carts, event, { at }) => {
  const stated = statedIn(event)
  const cart = meant(carts, stated)
  return cart ? put(carts, { ...withCoupon(cart, couponOf(stated)), updatedAt: at }) : carts
}

const couponRemoved: Change = (carts, event, { at }) => {
  const stated = statedIn(event)
  const cart = meant(carts, stated)
  if (!cart) return carts
  const coupons = cart.coupons.filter((coupon) => coupon !== couponOf(stated))
  return put(carts, { ...cart, coupons, updatedAt: at })
}

/** An order that is told again closes only what it names. */
const closed: Change = (carts, event, { isNewOrder }) => {
  const stated = statedIn(event)
  const cart = meant(carts, stated)
  if (!cart) return carts
  const isNamed =
    cart.id === stated.cart_id ||
    (stated.checkout_id !== undefined && cart.checkoutId === stated.checkout_id) ||
    (stated.order_id !== undefined && cart.orderId === stated.order_id)
  return isNamed || isNewOrder ? without(carts, cart.id) : carts
}

const CHANGES: Partial<Record<CommerceName, Change>> = {
  'Product Added': added,
  'Wishlist Product Added to Cart': added,
  'Product Removed': removed,
  'Cart Viewed': viewed,
  'Checkout Started': checkedOut,
  'Checkout Step Viewed': stepped,
  'Checkout Step Completed': stepped,
  'Payment Info Entered': stepped,
  'Coupon Applied': couponApplied,
  'Coupon Removed': couponRemoved,
  'Order Completed': closed,
}

export const movesCarts = (name: CommerceName | undefined) => name !== undefined && name in CHANGES

/** A customer's open carts after an event: the same where it changes nothing. */
export const changeCarts: Change = (carts, event, moment) =>
  CHANGES[event.name]?.(carts, event, moment) ?? carts
