import type { Locale } from '@ciclo/templates'

export const DAY = 24

/** Who says it: the shop's server, or the customer's browser, which the shop knows from the first event on. */
type Sender = 'shop' | 'browser'

type Properties = Record<string, unknown>

/** `[hours after the row's start, who, name, properties]`; `Confirmed` presses the button of the confirmation mail. */
export type Happening = readonly [hours: number, by: Sender, name: string, properties?: Properties]

/**
 * `[hours after the row's start, template, what the mail shows ...]`: words of its subject or text; what begins with a
 * slash or `https:` is where one of its links leads, on this server or elsewhere.
 */
export type ExpectedMail = readonly [hours: number, template: string, ...shows: string[]]

export interface JourneyRow {
  journey: string
  locale: Locale
  timezone?: string
  /** All that the shop knows of the customer besides, given the day on which the row starts. */
  traits?: (start: Date) => Properties
  /** Nothing is said of the customer by the shop: only what happens says who it is. */
  isStranger?: boolean
  /** How long the row lasts; all end together. */
  days: number
  events: readonly Happening[]
  expected: readonly ExpectedMail[]
  permission?: string
}

export const shop = (hours: number, name: string, properties?: Properties): Happening => [
  hours,
  'shop',
  name,
  properties ?? {},
]
export const browser = (hours: number, name: string, properties?: Properties): Happening => [
  hours,
  'browser',
  name,
  properties ?? {},
]
/** Where it comes with an order: the box at the end of the checkout. Before an order it is a newcomer's. */
export const subscribed = shop(0, 'Subscribed', { method: 'form' })

/** As a shop's server tells it: two bags of coffee and a dripper of the demo's catalogue. */
export const order = (hours: number, id: string, total = 54): Happening =>
  shop(hours, 'Order Completed', {
    order_id: id,
    total,
    currency: 'EUR',
    order_url: `https://shop.example/orders/${id}`,
    products: [
      { product_id: 'sidama', sku: 'COF-SID-250', name: 'Sidama', price: 15, quantity: 2 },
      { product_id: 'dripper', sku: 'GEA-DRI', name: 'Ceramic Dripper', price: 24, quantity: 1 },
    ],
  })

/** What every new subscriber gets who orders nothing, until so many days have passed. */
export const welcomed = (days: number): ExpectedMail[] =>
  (
    [
      [0, 'welcome'],
      [2 * DAY, 'welcome-2'],
      [4 * DAY, 'welcome-3'],
      [7 * DAY, 'first-order-offer'],
      [19 * DAY, 'first-order-reminder'],
    ] as const
  ).filter(([hours]) => hours <= days * DAY)

/** What every subscriber gets who orders once at the start, and of whose parcel nobody tells. */
export const bought = (id: string, days: number): ExpectedMail[] =>
  (
    [
      [0, 'order-confirmation', id],
      [0, 'welcome'],
      [DAY, 'thank-you'],
      [14 * DAY, 'review-request'],
      [21 * DAY, 'review-reminder'],
      [30 * DAY, 'second-purchase'],
      [44 * DAY, 'second-purchase-offer'],
      [90 * DAY, 'at-risk'],
      [97 * DAY, 'at-risk-help'],
    ] as const
  ).filter(([hours]) => hours <= days * DAY)

/** `11-22`, so many days after the start. */
export const dayAfter = (start: Date, days: number) =>
  new Date(start.getTime() + days * 86_400_000).toISOString().slice(5, 10)
