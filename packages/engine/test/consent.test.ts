import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONSENT_BASES,
  createCustomer,
  isBasisAllowed,
  rebuild,
  SettingsSchema,
  step,
  type ConsentChange,
  type Customer,
  type Effect,
  type EventInput,
  type Input,
} from '../src/index.ts'
import { arbitraryInputs, check, eventsOf, finish, runs, seed } from './support/histories.ts'
import { DAY, eventInput, order, rules, rulesWith, START, wake, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import {
  address,
  browserSubscribe,
  complaint,
  confirm,
  story,
  subscribe,
  unsubscribe,
} from './support/story.ts'

const changesOf = (effects: readonly Effect[]): ConsentChange[] =>
  effects.flatMap((effect) => (effect.type === 'consent' ? [effect.change] : []))

/** The changes, one a line: `1 marketing-email granted consent`. */
const told = (effects: readonly Effect[]) =>
  changesOf(effects).map(({ at, purpose, status, basis }) =>
    [(at - START) / DAY, purpose, status, basis].filter((word) => word !== null).join(' '),
  )

const says = (
  day: number,
  name: string,
  properties: Record<string, unknown>,
  more: Partial<EventSketch> = {},
) => eventInput({ day, name, userId: 'u1', properties, ...more })
const browser = { source: 'public', anonymousId: 'a1', userId: undefined } as const
const browserSays = (
  day: number,
  name: string,
  properties: Record<string, unknown>,
  more: Partial<EventSketch> = {},
) => eventInput({ day, name, source: 'public', anonymousId: 'a1', properties, ...more })
const preference = (day: number, categoryPreferences: unknown) =>
  browserSays(
    day,
    'Segment Consent Preference Updated',
    {},
    { context: { consent: { categoryPreferences } } },
  )

const recorded: [sentence: string, inputs: Input[], expected: string[]][] = [
  ['the shop’s word is a yes at once', [subscribe(0)], ['0 marketing-email granted consent']],
  [
    'a browser’s word is a question, and the confirmation the yes',
    [browserSubscribe(0, 'ann@example.com'), confirm(1)],
    ['0 marketing-email asked consent', '1 marketing-email granted consent'],
  ],
  [
    'also of an address that is proven',
    [address(0), browserSubscribe(1)],
    ['1 marketing-email asked consent'],
  ],
  [
    'also under the name of a consent, and whatever basis the browser states',
    [
      browserSays(0, 'Consent Given', {
        purpose: 'marketing-email',
        email: 'ann@example.com',
        basis: 'opt-out-regime',
      }),
    ],
    ['0 marketing-email asked consent'],
  ],
  [
    'a browser that names no address asks nothing',
    [browserSays(0, 'Consent Given', { purpose: 'marketing-email' })],
    [],
  ],
  ['a browser cannot confirm', [browserSays(0, 'Subscription Confirmed', { email: 'ann@example.com' })], []],
  [
    'a browser’s refusal counts at once',
    [address(0), browserSays(1, 'Unsubscribed', {})],
    ['1 marketing-email refused'],
  ],
  [
    'an unsubscribe is a refusal',
    [subscribe(0), unsubscribe(1)],
    ['0 marketing-email granted consent', '1 marketing-email refused'],
  ],
  ['a complaint is one, too', [complaint(0)], ['0 marketing-email refused']],
  ['a browser complains of no mail', [browserSays(0, 'Email Marked as Spam', {})], []],
  ['nothing is kept of a yes after a complaint', [complaint(0), subscribe(1)], ['0 marketing-email refused']],
  [
    'the shop may state the basis',
    [says(0, 'Consent Given', { purpose: 'marketing-email', basis: 'existing-customer' })],
    ['0 marketing-email granted existing-customer'],
  ],
  [
    'a refusal is overruled by no basis that takes silence for a yes',
    [
      address(0),
      unsubscribe(1),
      says(2, 'Consent Given', { purpose: 'marketing-email', basis: 'existing-customer' }),
    ],
    ['1 marketing-email refused'],
  ],
  [
    'a basis that there is not is consent',
    [says(0, 'Consent Given', { purpose: 'marketing-email', basis: 'because' })],
    ['0 marketing-email granted consent'],
  ],
  [
    'a browser answers for its own tracking',
    [
      browserSays(0, 'Consent Given', { purpose: 'tracking' }),
      browserSays(1, 'Consent Withdrawn', { purpose: 'tracking' }),
    ],
    ['0 tracking granted consent', '1 tracking refused'],
  ],
  [
    'a withdrawal without a purpose is of everything',
    [browserSays(0, 'Consent Withdrawn', {})],
    ['0 marketing-email refused', '0 tracking refused'],
  ],
  ['a purpose that there is not is none', [browserSays(0, 'Consent Withdrawn', { purpose: 'life' })], []],
  [
    'a consent manager’s categories are tracking',
    [preference(0, { Analytics: true, Advertising: true, Functional: false })],
    ['0 tracking granted consent'],
  ],
  [
    'one refused category of that kind refuses it',
    [preference(0, { Analytics: true, Advertising: false })],
    ['0 tracking refused'],
  ],
  ['OneTrust’s numbers are known', [preference(0, { C0001: true, C0004: false })], ['0 tracking refused']],
  ['other categories say nothing of it', [preference(0, { Functional: false })], []],
  ['categories of a wrong form say nothing', [preference(0, 'none'), preference(1, { Analytics: 'no' })], []],
  [
    'an import keeps its own time and basis',
    [
      says(
        -400,
        'Consent Given',
        { purpose: 'marketing-email', basis: 'existing-customer' },
        { source: 'import', receivedDay: 3 },
      ),
    ],
    ['-400 marketing-email granted existing-customer'],
  ],
  [
    'a rebuild writes nothing again',
    [browserSubscribe(1, 'ann@example.com'), confirm(2), order(0, 'o1'), unsubscribe(3), order(0.5, 'o2')],
    ['1 marketing-email asked consent', '2 marketing-email granted consent', '3 marketing-email refused'],
  ],
]

const standing = (customer: Customer) =>
  Object.fromEntries(
    Object.entries(customer.consent).map(([purpose, consent]) => [
      purpose,
      consent && [consent.status, consent.basis].filter((word) => word !== null).join(' '),
    ]),
  )

describe('what is kept as proof', () => {
  it.each(recorded)('%s', (_sentence, inputs, expected) => {
    expect(told(live(inputs, rules).effects)).toEqual(expected)
  })

  it('is one record an event and purpose, with the words that were read where it was asked', () => {
    const asked = browserSubscribe(0, 'ann@example.com', {
      text: 'Yes, news',
      textVersion: '7',
      method: 'footer',
      country: 'es',
    })
    asked.event.network = '203.0.113.0/24'
    const [question, yes] = changesOf(live([asked, confirm(1)], rules).effects)
    expect(question).toEqual({
      id: `${asked.id}/marketing-email`,
      purpose: 'marketing-email',
      topic: null,
      status: 'asked',
      basis: 'consent',
      country: 'ES',
      wording: 'Yes, news',
      wordingVersion: '7',
      method: 'footer',
      source: 'public',
      network: '203.0.113.0/24',
      at: START,
      recordedAt: START,
    })
    expect(yes).toMatchObject({
      status: 'granted',
      wording: 'Yes, news',
      wordingVersion: '7',
      source: 'own',
      network: null,
    })
  })
})

describe('how a customer stands', () => {
  it.each<[sentence: string, inputs: Input[], marketing: string | null]>([
    ['nobody has said anything', [order(0, 'o1')], null],
    [
      'a question that nobody answers leaves nothing',
      [browserSubscribe(0, 'ann@example.com'), wake(8)],
      null,
    ],
    [
      'a question that nobody answers leaves the refusal before it',
      [unsubscribe(0), browserSubscribe(1, 'ann@example.com'), wake(9)],
      'refused',
    ],
    ['the newer word counts', [unsubscribe(0), subscribe(1)], 'granted consent'],
    [
      'the refusal counts of two words of one moment',
      [subscribe(0, { id: 'b' }), { ...unsubscribe(0), id: 'a' }],
      'refused',
    ],
    ['in either order', [{ ...unsubscribe(0), id: 'b' }, subscribe(0, { id: 'a' })], 'refused'],
    ['a complaint is the last word', [complaint(0), subscribe(1), confirm(2)], 'refused'],
  ])('%s', (_sentence, inputs, marketing) => {
    expect(standing(live(inputs, rules).customer)['marketing-email']).toBe(marketing)
  })

  it('asks who lost the permission by a change of the policy, when they ask for it', () => {
    const given = says(0, 'Consent Given', { purpose: 'marketing-email', basis: 'existing-customer' })
    const { customer, transitions } = live([given, browserSubscribe(1, 'ann@example.com')], rules)
    expect(story(transitions, 'permission')).toEqual([
      '0 none > subscribed (Consent Given)',
      '1 subscribed > pending (Subscribed)',
    ])
    expect(customer.optIn?.email).toBe('ann@example.com')
  })
})

const all = [...CONSENT_BASES]
const loose = rulesWith({ consent: { bases: all } })
const notice = (more: Record<string, unknown> = {}) => ({
  properties: { order_id: 'o1', total: 10, marketing_notice: true, ...more },
})
const inCountry = (day: number, country: string, more: Partial<EventSketch> = {}) =>
  eventInput({ day, type: 'identify', userId: 'u1', traits: { email: 'ann@example.com', country }, ...more })

describe('the permission of who said nothing', () => {
  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    [
      'is an existing customer’s, where the order form offered the objection',
      [inCountry(0, 'ES'), order(1, 'o1', 10, notice())],
      ['1 marketing-email granted existing-customer'],
    ],
    [
      'is that, when the checkout before the order offered it',
      [inCountry(0, 'ES'), says(1, 'Checkout Started', { marketing_notice: true }), order(2, 'o1')],
      ['2 marketing-email granted existing-customer'],
    ],
    ['is none without that notice', [inCountry(0, 'ES'), order(1, 'o1')], []],
    [
      'is none by a browser’s notice',
      [inCountry(0, 'ES'), order(1, 'o1', 10, { ...notice(), ...browser, userId: 'u1' })],
      [],
    ],
    [
      'is none without an order',
      [inCountry(0, 'ES'), says(1, 'Checkout Started', { marketing_notice: true })],
      [],
    ],
    ['is none in Poland', [inCountry(0, 'PL'), order(1, 'o1', 10, notice())], []],
    ['is none in a country that nobody knows', [address(0), order(1, 'o1', 10, notice())], []],
    [
      'is none in a country that is not understood',
      [inCountry(0, 'Atlantis'), order(1, 'o1', 10, notice())],
      [],
    ],
    [
      'is none of who refused once, whatever came after',
      [
        inCountry(0, 'ES'),
        unsubscribe(1),
        browserSubscribe(2, 'ann@example.com'),
        wake(30),
        order(31, 'o1', 10, notice()),
      ],
      ['1 marketing-email refused', '2 marketing-email asked consent'],
    ],
    [
      'is none without an address',
      [eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { country: 'US' } })],
      [],
    ],
    [
      'is the regime’s in the United States, once the address is proven',
      [inCountry(0, 'USA')],
      ['0 marketing-email granted opt-out-regime'],
    ],
    [
      'is none by a browser’s word on its country',
      [address(0), inCountry(1, 'US', { source: 'public', anonymousId: 'a1' })],
      [],
    ],
    [
      'is found in its place when the order is told late, and kept once',
      [inCountry(0, 'ES'), subscribe(5), order(1, 'o1', 10, notice()), order(2, 'o2', 10, notice())],
      [
        '5 marketing-email granted consent',
        '1 marketing-email granted existing-customer',
        '1 marketing-email granted existing-customer',
      ],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(told(live(inputs, loose).effects)).toEqual(expected)
  })

  it('is none by default, and gone when the settings no longer allow it', () => {
    const inputs = [inCountry(0, 'US'), order(1, 'o1', 10, notice({ country: 'ES' }))]
    expect(told(live(inputs, rules).effects)).toEqual([])
    const { customer } = live(inputs, loose)
    const basis = customer.consent['marketing-email']?.basis
    expect(basis && isBasisAllowed(basis, customer.country, rules.settings)).toBe(false)
  })
})

describe('the policy of a country', () => {
  const settings = (consent: object) => SettingsSchema.parse({ consent })
  it.each<[sentence: string, consent: object, country: Customer['country'], expected: string[]]>([
    ['by default nothing but consent', {}, { code: 'US', from: 'shop' }, ['consent']],
    ['all that the law allows, if the shop uses it', { bases: all }, { code: 'US', from: 'shop' }, all],
    ['Poland: consent', { bases: all }, { code: 'PL', from: 'shop' }, ['consent']],
    [
      'Romania: an existing customer',
      { bases: all },
      { code: 'RO', from: 'shop' },
      ['consent', 'existing-customer'],
    ],
    ['not in the table: consent', { bases: all }, { code: 'XX', from: 'shop' }, ['consent']],
    ['a name of the prototype: consent', { bases: all }, { code: 'constructor', from: 'shop' }, ['consent']],
    [
      'unknown: the shop’s own country',
      { bases: all, country: 'ES' },
      null,
      ['consent', 'existing-customer'],
    ],
    ['unknown, of a shop that says none: consent', { bases: all }, null, ['consent']],
    [
      'what a browser says makes it stricter',
      { bases: all, country: 'US' },
      { code: 'PL', from: 'browser' },
      ['consent'],
    ],
    [
      'what a browser says makes it never looser',
      { bases: all, country: 'PL' },
      { code: 'US', from: 'browser' },
      ['consent'],
    ],
    ['nor does where a request came from', { bases: all }, { code: 'US', from: 'location' }, ['consent']],
    [
      'the shop’s own word on a country',
      { bases: all, countries: { ES: ['consent'] } },
      { code: 'ES', from: 'shop' },
      ['consent'],
    ],
    ['a country that the shop writes nobody in', { countries: { ES: [] } }, { code: 'ES', from: 'shop' }, []],
  ])('%s', (_sentence, consent, country, expected) => {
    expect(CONSENT_BASES.filter((basis) => isBasisAllowed(basis, country, settings(consent)))).toEqual(
      expected,
    )
  })

  it.each([
    [{ bases: ['existing-customer'] }, "expected 'consent' among them"],
    [{ country: 'Spain' }, 'expected a country of ISO 3166-1'],
  ])('is not made of %j', (consent, message) => {
    expect(() => settings(consent)).toThrow(message)
  })
})

describe('the customer’s country', () => {
  const traits = (country: unknown, more: Partial<EventSketch> = {}) =>
    eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { country }, ...more })
  it.each<[sentence: string, inputs: EventInput[], expected: string | null | undefined]>([
    ['a trait', [traits('pl')], 'PL'],
    [
      'an address',
      [eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { address: { country: 'Spain' } } })],
      'ES',
    ],
    ['an order’s', [order(0, 'o1', 1, { properties: { order_id: 'o1', country: 'RO' } })], 'RO'],
    [
      'where it is shipped to',
      [order(0, 'o1', 1, { properties: { shipping_address: { country: 'GBR' } } })],
      'GB',
    ],
    ['never a product’s', [says(0, 'Product Viewed', { country: 'CO' })], undefined],
    [
      'where it was seen, if nobody says it',
      [traits(undefined, { context: { location: { country: 'DE' } } })],
      'DE',
    ],
    [
      'never where it was seen, if somebody says it',
      [traits('FR'), { ...traits(undefined, { context: { location: { country: 'DE' } } }), at: START + DAY }],
      'FR',
    ],
    [
      'the shop’s word rather than a browser’s',
      [traits('FR'), traits('US', { day: 1, source: 'public', anonymousId: 'a1' })],
      'FR',
    ],
    ['unknown where it is not understood', [traits('Atlantis')], null],
  ])('is %s', (_sentence, inputs, expected) => {
    expect(live(inputs, rules).customer.country?.code).toBe(expected)
  })
})

describe(`with every basis in use (seed ${seed}, ${runs} runs)`, () => {
  const us = rulesWith({ consent: { bases: all, country: 'US' } })
  it('running live and replaying give the same consents, and no record says what the replay does not', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const lived = live([...inputs, finish], us)
        const replayed = rebuild(createCustomer('c1'), eventsOf(inputs), us)
        const again = step(replayed.customer, finish, us).customer
        expect(again.consent).toEqual(lived.customer.consent)
        expect(again.country).toEqual(lived.customer.country)
        expect(again.lifecycle.value.permission).toBe(lived.customer.lifecycle.value.permission)
        const { permission } = again.lifecycle.value
        const status = again.consent['marketing-email']?.status ?? null
        if (permission === 'subscribed') expect(status).toBe('granted')
        if (permission === 'pending') expect(status).toBe('asked')
        if (permission === 'unsubscribed') expect(status).toBe('refused')
      }),
    )
  })
})
