import type { Transition } from '../../src/index.ts'
import { DAY, eventInput, START, type EventSketch } from './inputs.ts'

/** Events in a word or two; all are of the customer `u1`, whose browser is `a1`. */
type More = Partial<EventSketch>

const server = (day: number, name: string, more: More = {}) =>
  eventInput({ day, name, userId: 'u1', ...more })
const own = (day: number, name: string, properties: Record<string, unknown> = {}) =>
  eventInput({ day, name, source: 'own', properties })
const browser = (day: number, more: More) => eventInput({ day, source: 'public', anonymousId: 'a1', ...more })

export const address = (day: number, email = 'ann@example.com', more: More = {}) =>
  eventInput({ day, type: 'identify', userId: 'u1', traits: { email }, ...more })
export const visit = (day: number, more: More = {}) => browser(day, { type: 'page', ...more })
export const viewed = (day: number) => browser(day, { name: 'Product Viewed' })
export const cancel = (day: number, orderId: string, more: More = {}) =>
  server(day, 'Order Cancelled', { properties: { order_id: orderId }, ...more })
export const refund = (day: number, orderId: string, total?: number, more: More = {}) =>
  server(day, 'Order Refunded', {
    properties: { order_id: orderId, ...(total === undefined ? {} : { total }) },
    ...more,
  })
export const subscribe = (day: number, more: More = {}) => server(day, 'Subscribed', more)
export const browserSubscribe = (day: number, email?: string, properties: Record<string, unknown> = {}) =>
  browser(day, { name: 'Subscribed', properties: { ...(email ? { email } : {}), ...properties } })
export const confirm = (day: number, email = 'ann@example.com') =>
  own(day, 'Subscription Confirmed', { email })
export const unsubscribe = (day: number) => own(day, 'Unsubscribed')
export const mail = (day: number, purpose = 'marketing') => own(day, 'Email Sent', { purpose })
export const click = (day: number, by = 'human') => own(day, 'Email Link Clicked', { class: by })
export const bounce = (day: number, properties: Record<string, unknown>) =>
  own(day, 'Email Bounced', properties)
export const complaint = (day: number) => own(day, 'Email Marked as Spam')
export const survey = (day: number, score: unknown) =>
  server(day, 'Survey Answered', { properties: { score } })
export const review = (day: number, rating?: unknown) =>
  server(day, 'Product Reviewed', rating === undefined ? {} : { properties: { rating } })
export const referral = (day: number) => server(day, 'Referral Made')
export const noise = (day: number, more: More = {}) => server(day, 'Something Else', more)

export const days = (at: number) => (at - START) / DAY

/** A region's transitions, one a line: `90 new > atRisk (timer atRisk)`, `3 visitor > new (Order Completed)`. */
export const story = (transitions: readonly Transition[], region: Transition['region']): string[] =>
  transitions
    .filter((transition) => transition.region === region)
    .map(({ at, from, to, reason: { cause } }) => {
      const by =
        cause.kind === 'event'
          ? cause.name
          : cause.kind === 'timer'
            ? `timer ${cause.id.split('.')[2] ?? cause.id}`
            : `rules ${cause.id}`
      return `${Number(days(at).toFixed(3))} ${from} > ${to} (${by})`
    })
