import type { Cart } from '../cart.ts'
import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { orderIdOf } from '../order.ts'
import { valueAt } from '../valueAt.ts'
import type { JourneyKey } from './journey.ts'

type Carts = Pick<Customer, 'carts'>

/** The cart that an event has opened, changed or closed; the last one where it is several. */
function cartTouched(before: Carts, after: Carts): Cart | undefined {
  if (before.carts === after.carts) return undefined
  const known = new Map(before.carts.map((cart) => [cart.id, cart]))
  const changed = after.carts.findLast((cart) => known.get(cart.id) !== cart)
  if (changed) return changed
  const left = new Set(after.carts.map(({ id }) => id))
  return before.carts.findLast(({ id }) => !left.has(id))
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const inner = valueAt(value, path)
  if (typeof inner === 'number') return String(inner)
  return typeof inner === 'string' && inner !== '' ? inner : undefined
}

const named = ({ event }: EventInput, ...names: string[]) => {
  for (const name of names) {
    const value = textAt(event.properties, [name])
    if (value !== undefined) return value
  }
  return undefined
}

/** As long as the ids of carts may be, of which it is one: it is kept with the run. */
const LONGEST = 255

/**
 * What of the journey's kind an event is about: the id of its cart, checkout or order, or what its property says. An
 * event that names no order or property is about a thing of its own. Null where there is no event, or no cart in it.
 */
export function runKeyOf(
  key: JourneyKey,
  input: EventInput | null,
  before: Carts,
  after: Carts,
): string | null {
  if (!input) return null
  const found = keyIn(key, input, before, after)
  return found?.slice(0, LONGEST) ?? null
}

function keyIn(key: JourneyKey, input: EventInput, before: Carts, after: Carts): string | undefined {
  if (typeof key === 'object') return textAt(input.event.properties, key.path) ?? `message:${input.id}`
  if (key === 'order') {
    const stated = named(input, 'order_id', 'orderId')
    return stated ?? orderIdOf(input)
  }
  const touched = cartTouched(before, after)
  if (key === 'cart') return touched?.id ?? named(input, 'cart_id', 'cartId')
  return touched?.checkoutId ?? touched?.id ?? named(input, 'checkout_id', 'checkoutId', 'cart_id', 'cartId')
}

/** The cart of a run with such a key, while it is open. */
export const cartOf = (key: JourneyKey | undefined, runKey: string | null, { carts }: Carts) =>
  (key === 'cart' || key === 'checkout') && runKey !== null
    ? carts.find(({ id, checkoutId }) => (key === 'checkout' && checkoutId === runKey) || id === runKey)
    : undefined

/** Whether an event is about the very thing that a run is about. Of a run that has none, every event is. */
export function isAboutRun(
  key: JourneyKey | undefined,
  runKey: string | null,
  input: EventInput,
  before: Carts,
  after: Carts,
): boolean {
  if (key === undefined || runKey === null) return true
  // An order may close a cart that it does not name.
  const cart = cartOf(key, runKey, before)
  if (cart && cartTouched(before, after)?.id === cart.id) return true
  return runKeyOf(key, input, before, after) === runKey
}
