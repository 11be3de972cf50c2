import fc from 'fast-check'
import type { EventInput, Input } from '../../src/index.ts'
import { DAY, eventInput, order, START, wake, type EventSketch } from './inputs.ts'

/** Every property prints its seed in its name; `SEED` and `RUNS` repeat it. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
export const runs = Number(process.env['RUNS'] ?? 150)

/** Long after the last event of any history: every deadline has passed. */
export const ARRIVAL = START + 1_300 * DAY
export const finish = { kind: 'wake', at: ARRIVAL, receivedAt: ARRIVAL } as const

export const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void => {
  fc.assert(property, { seed, numRuns: runs })
}

interface Draw {
  day: number
  which: number
  total: number
  id: string
}

const server = { userId: 'u1' }
const own = { source: 'own', userId: 'u1' } as const
const browser = { source: 'public', anonymousId: 'a1' } as const

const cartProperties = ({ which, total }: Draw) => ({
  ...(which > 2 ? { cart_id: `c${which}` } : {}),
  product_id: `p${which}`,
  price: total,
  ...(total === 900 ? {} : { quantity: (total % 3) + 1 }),
})

const ZONES = ['UTC', 'Europe/Warsaw', 'America/New_York', 'no zone', 'UTC']

/** What each kind of event looks like, from what was drawn for it. */
const KINDS: Record<string, (draw: Draw) => Partial<EventSketch>> = {
  refund: ({ which }) => ({
    ...server,
    name: 'Order Refunded',
    properties: { order_id: `o${which}`, total: 5, currency: 'EUR' },
  }),
  refundById: ({ which, total }) => ({
    ...server,
    name: 'Order Refunded',
    properties: { order_id: `o${which % 2}`, refund_id: `r${which}`, ...(total > 5 ? { total } : {}) },
  }),
  browserRefund: ({ which }) => ({
    ...browser,
    name: 'Order Refunded',
    properties: { order_id: `o${which}`, total: 1 },
  }),
  add: (draw) => ({ ...browser, name: 'Product Added', properties: cartProperties(draw) }),
  remove: (draw) => ({ ...browser, name: 'Removed Product', properties: cartProperties(draw) }),
  viewCart: ({ which, total }) => ({
    ...browser,
    name: 'cart_viewed',
    properties: {
      ...(which > 2 ? { cart_id: `c${which}` } : {}),
      products: total > 0 ? [{ product_id: `p${which}`, price: total }] : [],
    },
  }),
  checkOut: ({ which, total }) => ({
    ...server,
    name: 'Checkout Started',
    properties: { order_id: `o${which}`, value: total, currency: which > 2 ? 'JPY' : 'EUR' },
  }),
  checkOutStep: ({ which }) => ({
    ...browser,
    name: 'Checkout Step Viewed',
    properties: { checkout_id: `k${which}`, ...(which > 2 ? { order_id: `o${which}` } : {}) },
  }),
  coupon: ({ which }) => ({ ...browser, name: 'Coupon Applied', properties: { coupon_id: `x${which}` } }),
  browserOrderOfCart: ({ which, total }) => ({
    ...browser,
    name: 'Order Completed',
    properties: { order_id: `o${which}`, checkout_id: `k${which}`, total, currency: 'JPY' },
  }),
  cancel: ({ which }) => ({ ...server, name: 'Order Cancelled', properties: { order_id: `o${which}` } }),
  update: ({ which, total }) => ({
    ...server,
    name: 'Order Updated',
    properties: { order_id: `o${which}`, total },
  }),
  browserCancel: ({ which }) => ({
    ...browser,
    name: 'Order Cancelled',
    properties: { order_id: `o${which}` },
  }),
  page: ({ which }) => ({
    ...browser,
    type: 'page',
    context: { locale: ['en', 'es', 'pl', 'ro'][which - 1] },
  }),
  accountPage: ({ which }) => ({ ...browser, type: 'page', userId: `u${which}` }),
  identify: ({ which }) => ({
    ...server,
    type: 'identify',
    traits: { email: `u${which % 2}@example.com`, n: which },
  }),
  traits: ({ which }) => ({ ...server, type: 'identify', traits: { n: which } }),
  language: ({ which }) => ({
    ...browser,
    type: 'identify',
    userId: `u${which}`,
    traits: { locale: which < 3 ? 'pl' : 'es' },
  }),
  browserSubscribe: ({ which }) => ({
    ...browser,
    name: 'Subscribed',
    properties: which === 1 ? {} : { email: 'x@example.com' },
  }),
  claim: () => ({ ...browser, type: 'identify', traits: { email: 'y@example.com' } }),
  subscribe: () => ({ ...server, name: 'Subscribed' }),
  confirm: () => ({ ...own, name: 'Subscription Confirmed', properties: { email: 'x@example.com' } }),
  consentGiven: ({ which, total }) => ({
    ...(which < 3 ? server : browser),
    name: 'Consent Given',
    properties: {
      purpose: total === 0 ? 'tracking' : 'marketing-email',
      email: 'x@example.com',
      basis: which === 1 ? 'existing-customer' : undefined,
    },
  }),
  consentWithdrawn: ({ which }) => ({
    ...browser,
    name: 'Consent Withdrawn',
    properties: { purpose: ['tracking', 'marketing-email', undefined, 'unknown'][which - 1] },
  }),
  preference: ({ which }) => ({
    ...browser,
    name: 'Segment Consent Preference Updated',
    context: { consent: { categoryPreferences: { Advertising: which === 1, Functional: true } } },
  }),
  complaint: () => ({ ...own, name: 'Email Marked as Spam' }),
  country: ({ which }) => ({
    ...(which < 3 ? server : browser),
    type: 'identify',
    traits: { country: ['US', 'ES', 'US', 'PL'][which - 1] },
  }),
  notice: ({ which }) => ({
    ...server,
    name: 'Checkout Started',
    properties: { marketing_notice: which < 4 },
  }),
  openReturn: ({ which, total }) => ({
    ...(total > 5 ? server : own),
    name: 'Return Requested',
    properties: { order_id: `o${which}`, ...(total === 0 ? {} : { return_id: `r${which % 2}` }) },
  }),
  withdraw: ({ which }) => ({
    ...server,
    name: 'Withdrawal Requested',
    properties: { order_id: `o${which}` },
  }),
  closeReturn: ({ which, total }) => ({
    ...server,
    name: 'Return Closed',
    properties: { return_id: `r${which % 2}`, ...(total > 5 ? { order_id: `o${which}` } : {}) },
  }),
  browserReturn: ({ which }) => ({
    ...browser,
    name: which < 3 ? 'Return Requested' : 'Return Closed',
    properties: { order_id: `o${which}` },
  }),
  complain: ({ which, total }) => ({
    ...server,
    name: total > 5 ? 'Complaint Opened' : 'Complaint Closed',
    properties: which < 3 ? {} : { case_id: `k${which}` },
  }),
  zonePage: ({ which }) => ({ ...browser, type: 'page', context: { timezone: ZONES[which] } }),
  zoneNoise: ({ which }) => ({ ...server, name: 'Something Else', context: { timezone: ZONES[which] } }),
  zone: ({ which, total }) => ({
    ...(total > 5 ? server : browser),
    type: 'identify',
    traits: { timezone: ZONES[which] },
    context: { timezone: 'Asia/Tokyo' },
  }),
  unsubscribe: () => ({ ...own, name: 'Unsubscribed' }),
  mail: () => ({ ...own, name: 'Email Sent', properties: { purpose: 'marketing' } }),
  click: () => ({ ...own, name: 'Email Link Clicked', properties: { class: 'human' } }),
  bounce: ({ which }) => ({
    ...own,
    name: 'Email Bounced',
    properties: {
      permanent: which < 4,
      claimed: which === 1,
      ...(which === 2 ? { address: 'u1@example.com' } : {}),
    },
  }),
  survey: ({ total }) => ({ ...server, name: 'Survey Answered', properties: { score: total % 11 } }),
  review: () => ({ ...server, name: 'Product Reviewed' }),
  noise: () => ({ ...server, name: 'Something Else' }),
}

const ORDERS: Record<string, (draw: Draw) => Partial<EventSketch>> = {
  order: () => ({}),
  importedOrder: () => ({ source: 'import', receivedDay: 600 }),
  browserOrder: () => browser,
}

const arbitraryEvent = fc
  .record({
    day: fc.oneof(
      fc.integer({ min: 0, max: 600 }),
      // Within hours of each other.
      fc.integer({ min: 0, max: 40 }).map((quarter) => quarter / 4),
    ),
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...Object.keys(ORDERS)) },
      { weight: 5, arbitrary: fc.constantFrom(...Object.keys(KINDS)) },
    ),
    which: fc.integer({ min: 1, max: 4 }),
    total: fc.constantFrom(0, 5, 20, 900),
    id: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }),
  })
  .map(({ kind, ...draw }): EventInput => {
    const { day, which, total, id } = draw
    const sketch = { ...(KINDS[kind] ?? ORDERS[kind])?.(draw), id, day }
    return kind in ORDERS ? order(day, `o${which}`, total, sketch) : eventInput(sketch)
  })

/** Any events, in any order of arrival, with wakes in between; every id once, as receipts make sure. */
export const arbitraryInputs = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: arbitraryEvent },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 700 }).map(wake) },
    ),
    { maxLength: 30 },
  )
  .map((inputs: Input[]) => {
    const seen = new Set<string>()
    return inputs.filter((input) => input.kind === 'wake' || (!seen.has(input.id) && seen.add(input.id)))
  })

export const eventsOf = (inputs: readonly Input[]) =>
  inputs.filter((input): input is EventInput => input.kind === 'event')
