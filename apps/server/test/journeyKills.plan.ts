import { JourneySchema, type Journey } from '@ciclo/engine'

const DAY = 86_400_000
const MINUTE = 60_000

/** Of which pool runs get a code each. */
export const POOL = 'spring'
/** What codes look like, in the list and in a mail. */
export const CODE = /SPRING-\d{5}/g
export const codeOf = (place: number) => `SPRING-${String(place).padStart(5, '0')}`

const send = (id: string, purpose = 'transactional') => ({ kind: 'send', id, template: 'welcome', purpose })

/**
 * Journeys of all kinds of steps. What takes time takes whole days or ends at a whole hour, and rounds never begin
 * there: what is due and what happens never meet, so that it is known what must have come of it.
 */
export function journeysToKill(hook: string): Journey[] {
  const journeys: unknown[] = [
    {
      id: 'care',
      name: 'Care',
      trigger: { kind: 'event', name: 'Began' },
      reentry: { kind: 'always' },
      exits: [{ on: { kind: 'event', name: 'Order Completed' }, name: 'ordered' }],
      steps: [
        { kind: 'update', id: 'mark', traits: { care: 'begun' } },
        { kind: 'webhook', id: 'tell', url: hook },
        send('hello', 'marketing'),
        { kind: 'delay', id: 'day', duration: '1d' },
        { kind: 'coupon', id: 'code', from: { pool: POOL }, validFor: '30d' },
        send('offer', 'marketing'),
        {
          kind: 'wait',
          id: 'answer',
          for: { kind: 'event', name: 'Answered' },
          timeout: '2d',
          onTimeout: 'silent',
        },
        { kind: 'update', id: 'answered', traits: { care: 'answered' }, next: 'which' },
        { kind: 'update', id: 'silent', traits: { care: 'silent' } },
        {
          kind: 'branch',
          id: 'which',
          ways: [
            {
              when: { kind: 'trait', path: ['care'], condition: { operator: 'is', value: 'answered' } },
              to: 'follow',
            },
          ],
          otherwise: 'morning',
        },
        { kind: 'startJourney', id: 'follow', journey: 'follow-up', next: 'end' },
        { kind: 'until', id: 'morning', at: '10:00' },
        { kind: 'webhook', id: 'tell-again', url: hook },
        send('last', 'marketing'),
      ],
    },
    {
      id: 'follow-up',
      name: 'Follow-up',
      trigger: { kind: 'api' },
      reentry: { kind: 'always' },
      steps: [
        { kind: 'coupon', id: 'code', from: { pool: POOL } },
        send('thanks'),
        { kind: 'delay', id: 'days', duration: '2d' },
        { kind: 'update', id: 'mark', traits: { followed: true } },
        { kind: 'webhook', id: 'tell', url: hook },
        send('more'),
      ],
    },
    {
      id: 'cart',
      name: 'Cart',
      trigger: { kind: 'event', name: 'Product Added' },
      key: 'cart',
      reentry: { kind: 'always' },
      exits: [{ on: { kind: 'cartClosed' }, name: 'closed' }],
      steps: [
        { kind: 'delay', id: 'day', duration: '1d' },
        { kind: 'update', id: 'mark', traits: { left: true } },
        send('reminder'),
        { kind: 'delay', id: 'more', duration: '1d' },
        send('again'),
      ],
    },
    {
      id: 'circle',
      name: 'Circle',
      trigger: { kind: 'event', name: 'Circled' },
      reentry: { kind: 'always' },
      exits: [{ on: { kind: 'event', name: 'Stopped' }, name: 'stopped' }],
      steps: [
        { kind: 'update', id: 'mark', traits: { circled: true } },
        { kind: 'webhook', id: 'tell', url: hook },
        send('again'),
        { kind: 'delay', id: 'day', duration: '1d', next: 'mark' },
      ],
    },
  ]
  return journeys.map((journey) => JourneySchema.parse(journey))
}

export type WireEvent = Record<string, unknown> & { messageId: string }

/** A day on which some customers do something, each at most one thing. */
export interface Round {
  /** Milliseconds after the beginning of all. */
  at: number
  events: WireEvent[]
}

const ZONES = ['UTC', 'Europe/Warsaw', 'America/New_York']
const DEEDS = [
  'Began',
  'Began',
  'Answered',
  'Order Completed',
  'Product Added',
  'Circled',
  'Stopped',
] as const

const propertiesOf = (deed: (typeof DEEDS)[number], id: string) =>
  deed === 'Order Completed'
    ? { order_id: id, total: 20, currency: 'EUR' }
    : deed === 'Product Added'
      ? { cart_id: id, product_id: 'p1', price: 10 }
      : {}

/** Ten minutes away from whole hours, and twenty from each other. */
const SLOTS = 72

/** What customers do, a day a round, each at another time of the day; at the end all that goes on for ever is stopped. */
export function planRounds(random: () => number, people: readonly string[], count: number): Round[] {
  if (count > SLOTS) throw new RangeError(`given ${count} rounds, expected at most ${SLOTS}`)
  const slots = Array.from({ length: SLOTS }, (_, slot) => ({ slot, turn: random() }))
    .toSorted((one, other) => one.turn - other.turn)
    .map(({ slot }) => slot)
  const first = people.flatMap((userId, place): WireEvent[] => [
    {
      type: 'identify',
      userId,
      messageId: `${userId}-known`,
      traits: { email: `${userId}@example.com`, timezone: ZONES[place % ZONES.length] },
    },
    { type: 'track', userId, event: 'Subscribed', messageId: `${userId}-subscribed` },
  ])
  const does = (userId: string, deed: (typeof DEEDS)[number], round: number): WireEvent => {
    const messageId = `${userId}-round-${round}`
    return { type: 'track', userId, event: deed, messageId, properties: propertiesOf(deed, messageId) }
  }
  return Array.from({ length: count }, (_, round) => {
    const isLast = round === count - 1
    const events =
      round === 0
        ? first
        : people.flatMap((userId) => {
            if (isLast) return [does(userId, 'Stopped', round)]
            const deed = DEEDS[Math.floor(random() * DEEDS.length)]
            return deed && random() < 0.8 ? [does(userId, deed, round)] : []
          })
    return { at: round * DAY + ((slots[round] ?? 0) * 20 + 10) * MINUTE, events }
  })
}
