import { HOUR, type EventInput } from '@ciclo/engine'
import { seededRandom } from '../crash.random.ts'

const DAY = 24 * HOUR

/** An event of the month, before it is told. */
export interface ToldEvent {
  at: number
  id: string
  source: EventInput['source']
  event: EventInput['event']
}

interface MonthOptions {
  seed: number
  customers: number
  start: number
  days: number
}

interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
}

function createRandom(seed: number): Random {
  const next = seededRandom(seed)
  return { next, below: (limit) => Math.floor(next() * limit) }
}

const ZONES = ['Europe/Warsaw', 'America/New_York', undefined] as const
const HEXADECIMAL = '0123456789abcdef'

/** Ids as clients make them: some sort before those of Ciclo's own events, some after. */
const newId = (random: Random) => Array.from({ length: 24 }, () => HEXADECIMAL[random.below(16)]).join('')

const track = (name: string, properties: Record<string, unknown>) => ({
  type: 'track' as const,
  name,
  properties,
})

/** What may happen to somebody on one day, by how likely it is. */
function happenings(random: Random, customer: number, day: number) {
  const order = `o${customer}-${day}`
  const cart = `k${customer}-${Math.floor(day / 6)}`
  const product = {
    product_id: `p${random.below(5)}`,
    price: 20 + random.below(50),
    quantity: 1,
    currency: 'EUR',
  }
  const bought = { order_id: order, total: product.price, currency: 'EUR', products: [product] }
  const last = `o${customer}-${Math.max(0, day - 2 - random.below(4))}`
  return [
    { share: 0.3, events: [track('Product Viewed', product)] },
    { share: 0.16, events: [track('Product Added', { ...product, cart_id: cart })] },
    {
      share: 0.06,
      events: [
        track('Checkout Started', { checkout_id: `c${customer}-${day}`, cart_id: cart, products: [product] }),
      ],
    },
    { share: 0.1, events: [track('Order Completed', { ...bought, cart_id: cart })] },
    {
      share: 0.04,
      events: [track('Order Completed', bought), track('Payment Pending', { order_id: order })],
    },
    { share: 0.02, events: [track('Payment Failed', { order_id: last })] },
    { share: 0.06, events: [track('Order Shipped', { order_id: last, parcel_id: `x${day}` })] },
    { share: 0.06, events: [track('Order Delivered', { order_id: last })] },
    { share: 0.02, events: [track('Order Cancelled', { order_id: last })] },
    { share: 0.03, events: [track('Return Requested', { order_id: last, return_id: `r${day}` })] },
    { share: 0.02, events: [track('Return Closed', { order_id: last })] },
    { share: 0.01, events: [track('Complaint Opened', { case_id: `s${customer}` })] },
    { share: 0.01, events: [track('Complaint Closed', { case_id: `s${customer}` })] },
    { share: 0.02, events: [track('Unsubscribed', {})] },
    { share: 0.03, events: [track('Subscribed', {})] },
    { share: 0.02, events: [track('Survey Answered', { score: random.below(11) })] },
    { share: 0.02, events: [track('Product Reviewed', { product_id: 'p1', rating: 1 + random.below(5) })] },
    { share: 0.02, events: [track('Price Dropped', { ...product, previous_price: 99 })] },
    { share: 0.02, events: [track('Points Balance Changed', { balance: random.below(500) })] },
    { share: 0.01, events: [track('Reward Earned', { reward: 'cup' })] },
  ]
}

const aboutSomebody = (
  userId: string,
  event: Partial<EventInput['event']> & { type: EventInput['event']['type'] },
) => ({
  properties: {},
  traits: {},
  context: {},
  userId,
  ...event,
})

/** The shop's past, as an import brings it. */
function pastOf(random: Random, customer: number, { start }: MonthOptions): ToldEvent[] {
  if (random.below(2) === 0) return []
  return Array.from({ length: 1 + random.below(4) }, (_, place) => ({
    at: start - (5 + random.below(200)) * DAY - place,
    id: newId(random),
    source: 'import' as const,
    event: aboutSomebody(
      `u${customer}`,
      track('Order Completed', { order_id: `old${customer}-${place}`, total: 30 + place, currency: 'EUR' }),
    ),
  }))
}

function lifeOf(random: Random, customer: number, { start, days }: MonthOptions): ToldEvent[] {
  const userId = `u${customer}`
  const email = `c${customer}@shop-customers.example`
  const zone = ZONES[random.below(ZONES.length)]
  const birthday = new Date(start + random.below(days + 10) * DAY).toISOString().slice(5, 10)
  const told: ToldEvent[] = []
  const tell = (at: number, event: Parameters<typeof aboutSomebody>[1]) =>
    told.push({ at, id: newId(random), source: 'secret', event: aboutSomebody(userId, event) })
  const begin = start + random.below(5 * DAY)
  const traits = {
    email,
    firstName: `Name${customer}`,
    ...(random.below(3) === 0 ? { birthday: `1990-${birthday}` } : {}),
  }
  tell(begin, { type: 'identify', traits, context: zone === undefined ? {} : { timezone: zone } })
  if (random.below(5) > 0) tell(begin + random.below(6 * HOUR), track('Subscribed', { email }))
  // Asked by a browser: double opt-in.
  else
    told.push({
      at: begin + random.below(HOUR),
      id: newId(random),
      source: 'public',
      event: aboutSomebody(userId, track('Subscribed', { email: `claimed-${email}` })),
    })
  for (let day = 0; day < days; day += 1) {
    for (const { share, events } of happenings(random, customer, day)) {
      if (random.next() > share) continue
      const at = begin + day * DAY + random.below(DAY)
      // Some of them at the very same instant.
      for (const event of events) tell(at, event)
    }
  }
  return told
}

/** A month of a shop: the same for the same seed, in the order in which it is told. */
export function createMonth(options: MonthOptions): { past: ToldEvent[]; events: ToldEvent[] } {
  const random = createRandom(options.seed)
  const customers = Array.from({ length: options.customers }, (_, customer) => customer)
  const past = customers.flatMap((customer) => pastOf(random, customer, options))
  const end = options.start + options.days * DAY
  const events = customers
    .flatMap((customer) => lifeOf(random, customer, options))
    .filter(({ at }) => at < end)
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
  return { past, events }
}
