import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventInput } from '../src/index.ts'
import { eventInput, rulesWith, START, DAY } from './support/inputs.ts'
import { live } from './support/live.ts'

const rules = rulesWith({ softBounceDays: 3 })
const ADDRESS = 'ann@example.com'
const FIRST: EventInput[] = [
  eventInput({
    day: 0,
    name: 'Subscribed',
    userId: 'u1',
    properties: { email: ADDRESS },
  }),
]

const own = (day: number, name: string, properties: Record<string, unknown>) =>
  eventInput({ day, name, source: 'own', userId: 'u1', properties })
const soft = (day: number, more: Record<string, unknown> = {}) =>
  own(day, 'Email Bounced', {
    address: ADDRESS,
    permanent: false,
    class: 'soft',
    response: '452 full',
    ...more,
  })
const blocked = (day: number) => soft(day, { class: 'blocked', response: '550 5.7.1 blocked' })
const click = (day: number, fetcher: unknown = 'human') => own(day, 'Email Link Clicked', { class: fetcher })
const open = (day: number, fetcher: unknown = 'human') => own(day, 'Email Opened', { class: fetcher })
const visit = (day: number) => eventInput({ day, type: 'page', source: 'public', anonymousId: 'b1' })
const sent = (day: number) => own(day, 'Email Sent', { purpose: 'marketing' })

const lives = (...inputs: EventInput[]) => live([...FIRST, ...inputs], rules)
const suppressionsOf = ({ effects }: ReturnType<typeof lives>) =>
  effects.filter(({ type }) => type === 'suppress')
const stateOf = ({ customer }: ReturnType<typeof lives>) => ({
  permission: customer.lifecycle.value.permission,
  bounced: customer.bouncedAddress,
  days: customer.softBounces.map((at) => (at - START) / DAY),
})
type State = Omit<ReturnType<typeof stateOf>, 'permission'> & { permission: string }
const GIVEN_UP: State = { permission: 'suppressed', bounced: ADDRESS, days: [] }

describe('mail that comes back for now', () => {
  it.each<[sentence: string, inputs: EventInput[], state: State]>([
    [
      'is remembered by its days',
      [soft(1), soft(2)],
      { permission: 'subscribed', bounced: null, days: [1, 2] },
    ],
    [
      'counts once a day',
      [soft(1), soft(1.2), soft(1.9), soft(2)],
      { permission: 'subscribed', bounced: null, days: [1.9, 2] },
    ],
    ['ends in giving the address up on the third different day', [soft(1), soft(3), soft(9)], GIVEN_UP],
    [
      'is forgotten after 90 days',
      [soft(1), soft(2), soft(100)],
      { permission: 'subscribed', bounced: null, days: [100] },
    ],
    [
      'is forgotten when a person follows a link of a mail',
      [soft(1), soft(2), click(3), soft(4)],
      { permission: 'subscribed', bounced: null, days: [4] },
    ],
    [
      'is forgotten when a person opens a mail',
      [soft(1), soft(2), open(3), soft(4)],
      { permission: 'subscribed', bounced: null, days: [4] },
    ],
    [
      'is not forgotten when a machine fetches a link',
      [soft(1), soft(2), click(3, 'machine'), soft(4)],
      GIVEN_UP,
    ],
    [
      'is not forgotten because a server took a mail',
      [soft(1), sent(1.5), soft(2), sent(3), soft(4)],
      GIVEN_UP,
    ],
    ['is not forgotten because the person visits the shop', [soft(1), soft(2), visit(3), soft(4)], GIVEN_UP],
    [
      'says nothing of the address that the customer has now',
      [
        soft(1),
        soft(2),
        own(3, 'x', {}),
        {
          ...soft(4),
          id: 'other',
          event: { ...soft(4).event, properties: { class: 'soft', address: 'old@example.com' } },
        },
      ],
      { permission: 'subscribed', bounced: null, days: [1, 2] },
    ],
    [
      'is forgotten with the address',
      [
        soft(1),
        soft(2),
        eventInput({ day: 3, type: 'identify', userId: 'u1', traits: { email: 'new@example.com' } }),
      ],
      { permission: 'subscribed', bounced: null, days: [] },
    ],
    [
      'is nothing against an address that has only been claimed',
      [soft(1, { claimed: true }), soft(2, { claimed: true }), soft(3, { claimed: true })],
      { permission: 'subscribed', bounced: null, days: [] },
    ],
    [
      'never counts where the fault is ours',
      [1, 2, 3, 4, 5, 6].map(blocked),
      { permission: 'subscribed', bounced: null, days: [] },
    ],
  ])('%s', (_sentence, inputs, state) => {
    expect(stateOf(lives(...inputs))).toEqual(state)
  })

  it('suppresses the address once, with what the server said last', () => {
    expect(suppressionsOf(lives(soft(1), soft(2), soft(3), soft(4), soft(5)))).toEqual([
      { type: 'suppress', address: ADDRESS, reason: 'bounce', at: START + 3 * DAY, detail: '452 full' },
    ])
    expect(suppressionsOf(lives(...[1, 2, 3, 4, 5, 6].map(blocked)))).toEqual([])
  })

  it('is the reason that is given where it comes to an end, and one that is for good is another', () => {
    const reasonOf = (...inputs: EventInput[]) =>
      lives(...inputs)
        .transitions.filter(({ to }) => to === 'suppressed')
        .map(({ reason }) => reason.numbers)
    expect(reasonOf(soft(1), soft(2), soft(3))).toEqual([{ basis: 'consent', softBounceDays: 3 }])
    expect(reasonOf(soft(1), soft(2), soft(3, { permanent: true, class: 'hard' }))).toEqual([
      { basis: 'consent' },
    ])
  })

  it('suppresses the address also where the day between is told last', () => {
    const lived = lives(soft(1), soft(3), soft(2))
    expect(stateOf(lived)).toEqual(GIVEN_UP)
    expect(suppressionsOf(lived)).toHaveLength(1)
  })

  it('takes its place when it is told after the click that came later', () => {
    expect(stateOf(lives(soft(1), click(5), soft(6), soft(3)))).toEqual({
      permission: 'subscribed',
      bounced: null,
      days: [6],
    })
    expect(stateOf(lives(open(5), soft(3)))).toMatchObject({ days: [] })
  })

  it('comes to the same, whatever the order in which it is told', () => {
    const story = fc.array(
      fc.record({
        kind: fc.constantFrom(soft, click, open, blocked, visit, sent),
        day: fc.integer({ min: 1, max: 40 }).map((quarter) => quarter / 4),
      }),
      { maxLength: 10 },
    )
    fc.assert(
      fc.property(story, fc.array(fc.nat(), { minLength: 10, maxLength: 10 }), (words, keys) => {
        const inputs = words.map(({ kind, day }) => kind(day))
        const inOrder = inputs.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
        const shuffled = inputs
          .map((input, place) => ({ input, key: keys[place] ?? 0 }))
          .toSorted((one, other) => one.key - other.key)
          .map(({ input }) => input)
        const [one, other] = [lives(...inOrder), lives(...shuffled)]
        expect(stateOf(other)).toEqual(stateOf(one))
        // Who is given up in the end is on the list, however it was told.
        if (one.customer.bouncedAddress !== null) expect(suppressionsOf(other).length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})

describe('an address that is taken off the list', () => {
  const restored = (day: number, address = ADDRESS) => own(day, 'Email Address Restored', { address })
  const hard = (day: number) => soft(day, { permanent: true, class: 'hard', response: '550 5.1.1' })

  it.each<[sentence: string, inputs: EventInput[], permission: string]>([
    ['may get marketing again, as its owner has said', [hard(1), restored(2)], 'subscribed'],
    [
      'stays without where its owner has unsubscribed meanwhile',
      [hard(1), own(2, 'Unsubscribed', {}), restored(3)],
      'unsubscribed',
    ],
    [
      'stays without where its owner has complained',
      [hard(1), own(2, 'Email Marked as Spam', {}), restored(3)],
      'suppressed',
    ],
    ['is the one that mail came back from', [hard(1), restored(2, 'other@example.com')], 'suppressed'],
    ['is no browser’s word', [hard(1), { ...restored(2), source: 'public' }], 'suppressed'],
  ])('%s', (_sentence, inputs, permission) => {
    expect(stateOf(lives(...inputs)).permission).toBe(permission)
  })

  it('begins anew with its soft bounces', () => {
    expect(stateOf(lives(soft(1), soft(2), soft(3), restored(4), soft(5), soft(6)))).toEqual({
      permission: 'subscribed',
      bounced: null,
      days: [5, 6],
    })
  })
})
