import type { EventInput } from '../../src/index.ts'
import { eventInput, type EventSketch } from './inputs.ts'
import { address, subscribe } from './story.ts'
import type { JourneyWords } from './testJourneys.ts'

/** A step as it is written. */
export type StepWords = JourneyWords['steps'][number]

export const send = (id: string, more: object = {}): StepWords => ({
  kind: 'send',
  id,
  template: id,
  purpose: 'marketing',
  ...more,
})
export const pause = (id: string, duration: string, more: object = {}): StepWords => ({
  kind: 'delay',
  id,
  duration,
  ...more,
})

/** A reminder of each cart, unless it is closed. */
export const cart = (more: Partial<JourneyWords> = {}): JourneyWords => ({
  id: 'cart',
  name: 'Cart',
  trigger: { kind: 'event', name: 'Product Added' },
  key: 'cart',
  reentry: { kind: 'after', duration: '7d' },
  exits: [{ on: { kind: 'cartClosed' }, name: 'closed' }],
  steps: [pause('wait', '4h'), send('reminder')],
  ...more,
})
/** Two mails, as often as it begins. */
export const series = (more: Partial<JourneyWords> = {}): JourneyWords => ({
  id: 'series',
  name: 'Series',
  trigger: { kind: 'event', name: 'Began' },
  reentry: { kind: 'always' },
  steps: [send('first'), pause('wait', '2d'), send('second')],
  ...more,
})

/** An event of the customer `u1` so many hours after the start, by default of the shop's server. */
export const at = (
  hours: number,
  name: string,
  properties: Record<string, unknown> = {},
  more: Partial<EventSketch> = {},
): EventInput =>
  eventInput({ day: hours / 24, id: `${name}-${hours}`, name, properties, userId: 'u1', ...more })
export const ordered = (hours: number, properties: Record<string, unknown> = {}) =>
  at(hours, 'Order Completed', { order_id: `o${hours}`, total: 10, currency: 'EUR', ...properties })

/** `u1` has an address, and may be sent marketing. */
export const known: readonly EventInput[] = [address(-1), subscribe(-1, { id: 'subscribe' })]
