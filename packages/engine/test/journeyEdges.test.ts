import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  mergeCustomers,
  ownEvent,
  rebuild,
  SettingsSchema,
  type Customer,
  type Effect,
  type EventInput,
  type Rules,
} from '../src/index.ts'
import { eventInput, HOUR, START, wake, type EventSketch } from './support/inputs.ts'
import { at, cart, known, ordered, pause, send, series, type StepWords } from './support/journeyWords.ts'
import { live } from './support/live.ts'
import { messagesOf } from './support/messagesOf.ts'
import { journeyOf, type JourneyWords } from './support/testJourneys.ts'

const rulesOf = (journeys: readonly JourneyWords[], status: 'live' | 'paused' = 'live'): Rules =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse({ currency: 'EUR' }),
    journeys: journeys.map((words) => ({ definition: journeyOf(words), version: 1, status })),
  })

const fromBrowser = (hours: number, name: string, properties: Record<string, unknown>): EventInput =>
  eventInput({ day: hours / 24, source: 'public', anonymousId: 'a', name, properties })
const added = (hours: number, properties: Record<string, unknown> = {}, more: Partial<EventSketch> = {}) =>
  at(hours, 'Product Added', { product_id: 'p1', price: 10, ...properties }, more)
const isRunning = ({ endedAt }: { endedAt: number | null }) => endedAt === null
const running = ({ enrolments }: Customer) => Object.values(enrolments).filter(isRunning)
/** As the store loads it: with the runs under way alone. */
const loaded = (customer: Customer): Customer => ({
  ...customer,
  enrolments: Object.fromEntries(running(customer).map((run) => [run.id, run])),
})
const ends = ({ enrolments }: Customer) =>
  Object.values(enrolments).map(({ key, endReason }) => `${key ?? '-'} ${endReason ?? 'running'}`)
const mails = (effects: readonly Effect[]) => messagesOf(effects).map(({ template }) => template)
const hooks = (effects: readonly Effect[]) => effects.filter(({ type }) => type === 'webhook')

describe('what is told late', () => {
  it('begins no run that has ended meanwhile: a cart that is told after its order', () => {
    const inputs = [...known, ordered(2), added(1, {}, { receivedDay: 3 / 24 }), wake(2)]
    const { effects, customer } = live(inputs, rulesOf([cart()]))
    expect(ends(customer)).toEqual(['default exit:closed'])
    expect(mails(effects)).toEqual([])
  })

  it('ends no run by what the customer was before it, where a mail leaves at the instant of its order', () => {
    const rule = {
      kind: 'orders',
      figure: 'revenue',
      currency: 'EUR',
      condition: { operator: 'atMost', value: 500 },
    }
    const thanks = series({
      trigger: { kind: 'event', name: 'Order Completed' },
      goal: { on: { kind: 'condition', rule }, within: '1d' },
      steps: [send('thanks'), pause('week', '7d'), send('review')],
    })
    const ordering = { ...ordered(1), id: 'order' }
    // Its id is before that of the order, so that a rebuild has it first.
    const left = ownEvent('Email Sent/m1', ordering.at, 'Email Sent', { message: 'm1', purpose: 'marketing' })
    expect(left.id < ordering.id).toBe(true)
    const { customer } = live([...known, ordering, left], rulesOf([thanks]))
    expect(ends(customer)).toEqual(['- running'])
  })

  it('finds what it waits for, if that has happened meanwhile', () => {
    const waiting = series({
      trigger: { kind: 'event', name: 'Order Completed' },
      key: 'order',
      steps: [
        {
          kind: 'wait',
          id: 'delivery',
          for: { kind: 'event', name: 'Order Delivered' },
          timeout: '9d',
          onTimeout: 'end',
        },
        pause('week', '7d'),
        send('review'),
      ],
    })
    const inputs = [
      ...known,
      at(2, 'Order Delivered', { order_id: 'o1' }),
      at(2, 'Order Cancelled', { order_id: 'o2' }),
      at(1, 'Order Completed', { order_id: 'o1' }, { receivedDay: 3 / 24 }),
    ]
    const { customer } = live(inputs, rulesOf([waiting]))
    expect(running(customer)).toMatchObject([{ value: 'week', since: START + 2 * HOUR }])
  })

  it('lets no day come a second time that starts a journey', () => {
    const birthday = series({
      id: 'birthday',
      trigger: { kind: 'date', date: { of: 'trait', path: ['born'], yearly: true } },
      steps: [{ kind: 'webhook', id: 'hook', url: 'https://shop.example' }],
    })
    const rules = rulesOf([birthday, series({ steps: [pause('wait', '9d')] })])
    const born = eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { born: '1990-01-05' } })
    const first = live([...known, born, wake(4.4)], rules)
    expect(hooks(first.effects)).toHaveLength(1)
    const late = at(4 * 24 + 8.9, 'Began', {}, { receivedDay: 4.4 })
    const { effects, customer } = live([late, wake(5)], rules, loaded(first.customer))
    expect(Object.keys(customer.past)).toEqual(['birthday', 'series'])
    expect(hooks(effects)).toEqual([])
  })
})

describe('a merge', () => {
  it('ends the run of a cart in a browser that the shop’s server knows to be bought', () => {
    const rules = rulesOf([cart()])
    const browser = [fromBrowser(0, 'Product Added', { product_id: 'p1' })]
    const server = [...known, ordered(1)]
    const survivor = live(server, rules).customer
    const absorbed = live(browser, rules, createCustomer('c2')).customer
    expect(running(absorbed)).toHaveLength(1)
    const { customer } = rebuild(
      mergeCustomers(survivor, absorbed, START + 2 * HOUR),
      [...server, ...browser],
      rules,
    )
    expect(ends(customer)).toEqual(['default exit:closed'])
  })

  it('leaves a run alone of which nothing has happened on the other side since it began', () => {
    const exits = [
      { on: { kind: 'event', name: 'Order Completed', about: 'customer' } as const, name: 'ordered' },
    ]
    const rules = rulesOf([cart({ exits })])
    const browser = [fromBrowser(2, 'Product Added', { product_id: 'p1' })]
    const absorbed = live(browser, rules, createCustomer('c2')).customer
    const endsAfter = (hours: number) => {
      const server = [...known, ordered(hours)]
      const survivor = live(server, rules).customer
      const merged = mergeCustomers(survivor, absorbed, START + 3 * HOUR)
      const { customer } = rebuild(merged, [...server, ...browser], rules)
      const own = Object.keys(absorbed.timers).filter(
        (key) => key.startsWith('cart/') && key in customer.timers,
      )
      return [...ends(customer), own.length]
    }
    expect(endsAfter(1)).toEqual(['default running', 1])
    expect(endsAfter(2.5)).toEqual(['default exit:ordered', 0])
  })
})

describe('what steps bring about', () => {
  it('comes after its cause in every replay, in the order in which it was brought about', () => {
    const writing = series({
      trigger: { kind: 'event', type: 'identify' },
      steps: [
        { kind: 'update', id: 'b', traits: { plan: 'second' } },
        { kind: 'update', id: 'a', traits: { plan: 'third' } },
      ],
    })
    const rules = rulesOf([writing])
    const cause = eventInput({ day: 1, id: 'zz', type: 'identify', userId: 'u1', traits: { plan: 'first' } })
    const { customer, effects } = live([cause], rules)
    const own = effects.flatMap((effect): EventInput[] => {
      if (effect.type !== 'event') return []
      const { id, at: time, properties, traits = {} } = effect
      const event = { type: 'identify', properties, traits, context: {} } as const
      return [{ kind: 'event', id: `ciclo:${id}`, at: time, receivedAt: time, source: 'own', event }]
    })
    expect(customer.traits['plan']).toBe('third')
    expect(rebuild(customer, [...own, cause], rules).customer.traits['plan']).toBe('third')
  })

  it('has ids that do not grow where journeys start each other for years', () => {
    const step: StepWords[] = [pause('wait', '1d'), { kind: 'startJourney', id: 'go', journey: 'two' }]
    const one = series({ id: 'one', steps: step })
    const two = series({
      id: 'two',
      trigger: { kind: 'api' },
      steps: [pause('wait', '1d'), { kind: 'startJourney', id: 'go', journey: 'one' }],
    })
    const { customer } = live([...known, at(0, 'Began'), wake(100)], rulesOf([one, two]))
    const ids = Object.values(customer.enrolments).flatMap(({ id, causeId }) => [id, causeId])
    expect(new Set(Object.keys(customer.enrolments)).size).toBe(101)
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThan(500)
  })

  it.each<[sentence: string, words: Partial<JourneyWords>]>([
    ['an event that names no order is about a thing of its own', { key: 'order' }],
    [
      'its own word ends a run',
      { exits: [{ on: { kind: 'event', type: 'identify', about: 'customer' }, name: 'told' }] },
    ],
  ])('begins no run of a journey that it comes of, for ever: %s', (_sentence, words) => {
    const update: StepWords = { kind: 'update', id: 'mark', traits: { marked: true } }
    const marking = series({
      trigger: { kind: 'event', type: 'identify' },
      steps: [update, pause('wait', '7d')],
      ...words,
    })
    // Each answers the shop and the other one, and not what has come of its own run.
    const { customer } = live([...known, wake(100)], rulesOf([marking, { ...marking, id: 'other' }]))
    expect(Object.values(customer.past).map(({ count }) => count)).toEqual([2, 2])
  })

  it('uses up no further code while a run begins anew', () => {
    const offer = cart({
      repeat: 'restart',
      steps: [
        { kind: 'coupon', id: 'code', from: { pool: 'pool' } },
        pause('wait', '4h'),
        send('reminder'),
        pause('week', '7d'),
        { kind: 'coupon', id: 'other', from: { pool: 'pool' } },
      ],
    })
    const clicks = Array.from({ length: 20 }, (_, index) => added(index / 60, { product_id: `p${index}` }))
    const { effects } = live([...known, ...clicks, wake(20)], rulesOf([offer]))
    const claims = effects.flatMap((effect) => (effect.type === 'coupon' ? [effect.claim] : []))
    expect(claims).toEqual(['cart/c1/Product Added-0/code/1', 'cart/c1/Product Added-0/other/1'])
    expect(messagesOf(effects)[0]?.data.coupon).toMatchObject({ claim: claims[0] })
  })

  it('does not begin anew while it starts its own journey, whatever the live version has at a step of that name', () => {
    const again: StepWords = { kind: 'startJourney', id: 'again', journey: 'series' }
    const older = journeyOf(
      series({ repeat: 'restart', steps: [pause('wait', '1d'), again, pause('last', '9d')] }),
    )
    const newer = journeyOf(series({ repeat: 'restart', steps: [pause('again', '1d'), send('mail')] }))
    const versions = [
      { definition: older, version: 1, status: 'finishing' },
      { definition: newer, version: 2, status: 'live' },
    ] as const
    const { settings } = rulesOf([])
    const rules = compileRules({ version: 2, settings, journeys: versions })
    const before = live([...known, at(0, 'Began')], rulesOf([older])).customer
    const { customer } = live([wake(2)], rules, before)
    expect(running(customer)).toMatchObject([{ version: 1, value: 'last' }])
  })
})

describe('a pause', () => {
  it('keeps what has happened first: not the timeout of a wait for it', () => {
    const waiting = series({
      steps: [
        {
          kind: 'wait',
          id: 'answer',
          for: { kind: 'event', name: 'Answered' },
          timeout: '3d',
          onTimeout: 'ask',
        },
        send('thanks', { next: 'end' }),
        send('ask'),
      ],
    })
    const before = live([...known, at(0, 'Began')], rulesOf([waiting])).customer
    const during = live([at(1, 'Answered'), wake(4)], rulesOf([waiting], 'paused'), before).customer
    const resumed = at(100, 'Journey Resumed', { journey: 'series' }, { source: 'own' })
    expect(mails(live([resumed], rulesOf([waiting]), during).effects)).toEqual(['thanks'])
  })
})

describe('a run that is through', () => {
  it('ends when its last mail comes back', () => {
    const rules = rulesOf([series({ steps: [send('first')] })])
    const { customer, effects } = live([...known, at(0, 'Began')], rules)
    expect(ends(customer)).toEqual(['- running'])
    const message = messagesOf(effects)[0]?.id
    const bounced = at(1, 'Email Bounced', { message, permanent: false }, { source: 'own' })
    expect(ends(live([bounced], rules, customer).customer)).toEqual(['- completed'])
  })

  it('is not moved back to a step', () => {
    const rules = rulesOf([series({ steps: [pause('wait', '1d'), send('first')] })])
    const { customer } = live([...known, at(0, 'Began'), wake(1)], rules)
    const [run] = running(customer)
    const properties = { enrolment: run?.id, version: 1, step: 'wait' }
    const moved = at(25, 'Journey Run Moved', properties, { source: 'own' })
    expect(running(live([moved], rules, customer).customer)).toMatchObject([{ value: 'end' }])
  })
})

describe('at one instant', () => {
  it.each(['a', 'z'])('the lifecycle moves before a delay ends, whatever the journey is called: %s', (id) => {
    const silent = series({
      id,
      trigger: { kind: 'event', name: 'Order Completed' },
      exits: [
        { on: { kind: 'condition', rule: { kind: 'lifecycle', region: 'stage', states: ['atRisk'] } } },
      ],
      steps: [pause('quarter', '90d'), send('first', { purpose: 'transactional' })],
    })
    const { effects, customer } = live([...known, ordered(0), wake(90)], rulesOf([silent]))
    expect(ends(customer)).toEqual(['- exit:rule-1'])
    expect(mails(effects)).toEqual([])
  })
})

describe('carts', () => {
  it('are known by their whole id, however long', () => {
    const id = 'x'.repeat(255)
    const inputs = [...known, added(0, { cart_id: id }), ordered(1, { cart_id: id })]
    expect(ends(live(inputs, rulesOf([cart()])).customer)).toEqual([`${id} exit:closed`])
  })

  it.each([
    ['nothing was put into', { product_id: undefined }],
    ['nothing was put into, though it has a name', { product_id: undefined, cart_id: 'A' }],
  ])('have no run where %s one', (_sentence, properties) => {
    expect(ends(live([...known, added(0, properties)], rulesOf([cart()])).customer)).toEqual([])
  })

  it('that only the shop knows have one if an event of its own names them', () => {
    const journey = cart({ trigger: { kind: 'event', name: 'Cart Left' } })
    const inputs = [...known, at(0, 'Cart Left', { cart_id: 'A' })]
    expect(ends(live(inputs, rulesOf([journey])).customer)).toEqual(['A running'])
  })

  it('have one run for a checkout that learns its number on the way', () => {
    const checkout = cart({ trigger: { kind: 'event', name: 'Checkout Started' }, key: 'checkout' })
    const inputs = [
      ...known,
      added(0),
      at(1, 'Checkout Started'),
      at(2, 'Checkout Step Viewed', { checkout_id: 'k1' }),
      at(3, 'Checkout Started'),
      ordered(3.5, { checkout_id: 'k1' }),
    ]
    expect(ends(live(inputs, rulesOf([checkout])).customer)).toEqual(['default exit:closed'])
  })
})

describe('a browser', () => {
  const hundred = (of: (index: number) => EventInput) => Array.from({ length: 100 }, (_, index) => of(index))
  /** Somebody whose browser is known to be theirs. */
  const theirs = [...known, eventInput({ day: -0.5, type: 'identify', userId: 'u1', anonymousId: 'a' })]

  it('and the shop’s server bring a customer at most 50 runs of a journey at once', () => {
    const request = series({
      key: { path: ['product_id'] },
      trigger: { kind: 'event', name: 'Back in Stock Requested' },
      steps: [pause('wait', '90d')],
    })
    const inputs = hundred((index) => at(index, 'Back in Stock Requested', { product_id: `p${index}` }))
    const { customer } = live([...known, ...inputs], rulesOf([request]))
    expect(running(customer)).toHaveLength(50)
  })

  const confirmation = series({
    trigger: { kind: 'event', name: 'Order Completed' },
    key: 'order',
    steps: [send('mail', { purpose: 'transactional' })],
  })

  it('begins runs about 20 things in a day', () => {
    const inputs = hundred((index) =>
      fromBrowser(index / 10, 'Order Completed', { order_id: `o${index}`, total: 1 }),
    )
    expect(mails(live([...theirs, ...inputs], rulesOf([confirmation])).effects)).toHaveLength(20)
  })

  it('begins one about the same thing once in an hour, where no cap holds its mails', () => {
    const shipped = { ...confirmation, trigger: { kind: 'event', name: 'Order Shipped' } as const }
    const inputs = hundred((index) => fromBrowser(index / 10, 'Order Shipped', { order_id: 'o1' }))
    expect(mails(live([...theirs, ...inputs], rulesOf([shipped])).effects)).toHaveLength(10)
    const told = hundred((index) => at(index / 10, 'Order Shipped', { order_id: 'o1' }))
    expect(mails(live([...theirs, ...told], rulesOf([shipped])).effects)).toHaveLength(100)
  })

  it.each(['win money at evil.example', 'evil.example/now', 'x'.repeat(41)])(
    'cannot put its words into a mail as an order’s number: %s',
    (id) => {
      const numberOf = (input: EventInput) =>
        messagesOf(live([...theirs, input], rulesOf([confirmation])).effects)[0]?.data.orderId
      expect(numberOf(fromBrowser(0, 'Order Completed', { order_id: id }))).toBeUndefined()
      expect(numberOf(fromBrowser(0, 'Order Completed', { order_id: '#A-1' }))).toBe('#A-1')
      expect(numberOf(at(0, 'Order Completed', { order_id: id }))).toBe(id)
    },
  )
})
