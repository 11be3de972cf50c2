import { describe, expect, it } from 'vitest'
import { simulate, type EventInput, type Simulation } from '../src/index.ts'
import { DAY, eventInput, HOUR, rulesWith, START } from './support/inputs.ts'
import { at, cart, known, ordered, pause, send, series, type StepWords } from './support/journeyWords.ts'
import { address, subscribe, unsubscribe } from './support/story.ts'
import { journeyOf, type JourneyWords } from './support/testJourneys.ts'

const ORDERED = { kind: 'event', name: 'Order Completed' } as const

const added = (hours: number, cartId: string, productId = 'p1') =>
  at(hours, 'Product Added', { cart_id: cartId, product_id: productId, price: 10 })
const hoursOf = (time: number) => `${Number(((time - START) / HOUR).toFixed(3))}h`

function lived(
  journeys: readonly JourneyWords[],
  events: readonly EventInput[],
  { settings = {}, days = 40 }: { settings?: object; days?: number } = {},
): Simulation {
  const rules = rulesWith(settings, journeys.map(journeyOf))
  return simulate([...known, ...events], rules, { customerId: 'c1', until: START + days * DAY })
}

/** What went out and what did not, one a line: `4h sent reminder`, `9h refused second (quiet-hours)`. */
const mails = ({ messages }: Simulation) =>
  messages
    .toSorted((one, other) => one.at - other.at)
    .map(
      ({ message, outcome, reason, at: time }) =>
        `${hoursOf(time)} ${outcome} ${message.template}${reason === null ? '' : ` (${reason})`}`,
    )
const runs = (simulation: Simulation) =>
  simulation.runs.map(
    ({ key, startedAt, endedAt, endReason }) =>
      `${key ?? '-'} ${hoursOf(startedAt)} ${endedAt === null ? 'running' : `${hoursOf(endedAt)} ${endReason}`}`,
  )

describe('runs of carts', () => {
  it('are one for each of two carts, and an order ends only that of its own', () => {
    const simulation = lived([cart()], [added(0, 'A'), added(1, 'B'), ordered(2, { cart_id: 'A' })])
    expect(mails(simulation)).toEqual(['5h sent reminder'])
    expect(runs(simulation)).toEqual(['A 0h 2h exit:closed', 'B 1h 5h completed'])
  })

  it('are ended by an order that names no cart, of the one that was touched last', () => {
    const simulation = lived([cart()], [added(0, 'A'), added(1, 'B'), ordered(2)])
    expect(runs(simulation)).toEqual(['A 0h 4h completed', 'B 1h 2h exit:closed'])
  })

  it('show what is in the cart when the mail is sent', () => {
    const simulation = lived([cart()], [added(0, 'A'), added(1, 'A', 'p2'), added(1.5, 'B', 'p3')])
    expect(
      simulation.messages.map(({ message }) => message.data.lines?.map(({ productId }) => productId)),
    ).toEqual([['p1', 'p2'], ['p3']])
    expect(simulation.messages[0]?.message.data).toMatchObject({ total: 2000, currency: 'EUR' })
  })

  it('begin anew while somebody goes on filling the cart, until something was sent', () => {
    const again = cart({
      repeat: 'restart',
      steps: [pause('wait', '4h'), send('reminder'), pause('more', '1d'), send('last')],
    })
    const simulation = lived([again], [added(0, 'A'), added(3, 'A', 'p2'), added(9, 'A', 'p3')])
    expect(mails(simulation)).toEqual(['7h sent reminder', '31h sent last'])
    expect(runs(simulation)).toEqual(['A 0h 31h completed'])
  })

  it.each<[sentence: string, reentry: JourneyWords['reentry'], sent: string[]]>([
    ['never again for one cart', { kind: 'never' }, ['4h', '5h']],
    ['always again', { kind: 'always' }, ['4h', '5h', '104h', '244h', '245h']],
    ['again for a cart after 7 days', { kind: 'after', duration: '7d' }, ['4h', '5h', '244h', '245h']],
    ['again after 7 days whichever cart', { kind: 'after', duration: '7d', per: 'customer' }, ['4h', '244h']],
    [
      'again 4 days after its end',
      { kind: 'afterEnd', duration: '4d' },
      ['4h', '5h', '104h', '244h', '245h'],
    ],
  ])('come %s', (_sentence, reentry, sent) => {
    const events = [added(0, 'A'), added(1, 'B'), added(100, 'A'), added(240, 'A'), added(241, 'B')]
    const simulation = lived([cart({ reentry })], events)
    expect(mails(simulation).map((line) => line.split(' ')[0])).toEqual(sent)
  })

  it('are forgotten one by one, the oldest first, and never make the state grow without end', () => {
    const events = Array.from({ length: 60 }, (_, index) => added(index, `cart-${index}`))
    const { past } = lived([cart({ reentry: { kind: 'never' } })], events).customer
    expect(past['cart']?.count).toBe(60)
    expect(Object.keys(past['cart']?.keys ?? {})).toHaveLength(30)
  })
})

describe('a run', () => {
  it('waits for an event, and goes the way of its timeout where it does not come', () => {
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
    expect(mails(lived([waiting], [at(0, 'Began'), at(50, 'Answered'), at(60, 'Answered')]))).toEqual([
      '50h sent thanks',
    ])
    expect(mails(lived([waiting], [at(0, 'Began')]))).toEqual(['72h sent ask'])
    expect(mails(lived([waiting], [at(0, 'Began'), at(72, 'Answered')]))).toEqual(['72h sent ask'])
  })

  it('waits until a condition is true: not at all where it is, and not longer than until time makes it so', () => {
    const rule = { kind: 'ago', of: 'lastOrder', atLeast: '5d' } as const
    const waiting = series({
      steps: [
        { kind: 'wait', id: 'quiet', for: { kind: 'condition', rule }, timeout: '30d', onTimeout: 'end' },
        send('hello'),
      ],
    })
    expect(mails(lived([waiting], [ordered(0), at(1, 'Began')]))).toEqual(['120h sent hello'])
    expect(mails(lived([waiting], [ordered(0), at(1, 'Began'), ordered(100)]))).toEqual(['220h sent hello'])
    expect(mails(lived([waiting], [ordered(0), at(130, 'Began')]))).toEqual(['130h sent hello'])
  })

  it('reaches its goal during a delay, and sends nothing more', () => {
    const simulation = lived([series({ goal: { on: ORDERED, within: '1d' } })], [at(0, 'Began'), ordered(20)])
    expect(mails(simulation)).toEqual(['0h sent first'])
    expect(runs(simulation)).toEqual(['- 0h 20h goal'])
    expect(simulation.runs[0]?.goalAt).toBe(START + 20 * HOUR)
  })

  it('has no goal any more when its window is over', () => {
    const simulation = lived([series({ goal: { on: ORDERED, within: '1d' } })], [at(0, 'Began'), ordered(25)])
    expect(runs(simulation)).toEqual(['- 0h 48h completed'])
  })

  it('is ended by its exit, which has a name', () => {
    const exits = [{ on: { kind: 'event', name: 'completed order' } as const }]
    expect(runs(lived([series({ exits })], [at(0, 'Began'), ordered(20)]))).toEqual([
      '- 0h 20h exit:completed-order',
    ])
  })

  it('ends for who unsubscribes, and not for who does where it sends order mail as well', () => {
    const no = { ...unsubscribe(1), id: 'no' }
    expect(runs(lived([series()], [at(0, 'Began'), no]))).toEqual(['- 0h 24h unsubscribed'])
    const mixed = series({
      steps: [send('first'), pause('wait', '2d'), send('second', { purpose: 'transactional' })],
    })
    expect(mails(lived([mixed], [at(0, 'Began'), no]))).toEqual(['0h sent first', '48h sent second'])
    expect(runs(lived([series()], [no, at(30, 'Began')]))).toEqual([])
  })

  it('takes back what waits for the morning when it is ended', () => {
    const settings = { quietHours: { from: '21:00', to: '09:00' } }
    const single = series({ steps: [send('only')], exits: [{ on: ORDERED, name: 'ordered' }] })
    const [quiet, taken] = [[at(22, 'Began')], [at(22, 'Began'), ordered(30)]].map((events) =>
      lived([single], events, { settings }),
    )
    expect(mails(quiet!)).toEqual(['33h sent only'])
    expect(runs(quiet!)).toEqual(['- 22h 33h completed'])
    expect(mails(taken!)).toEqual(['30h refused only (run-exit:ordered)'])
    expect(runs(taken!)).toEqual(['- 22h 30h exit:ordered'])
  })

  it.each<[sentence: string, reentry: JourneyWords['reentry'], sent: string[]]>([
    ['lets the next one begin', { kind: 'always' }, ['33h sent only', '33h sent only']],
    ['lets none begin that is to come after its end', { kind: 'afterEnd', duration: 0 }, ['33h sent only']],
  ])('is through and waits for the morning with its last mail: %s', (_sentence, reentry, sent) => {
    const settings = { quietHours: { from: '21:00', to: '09:00' } }
    const single = series({ reentry, steps: [send('only')] })
    const simulation = lived([single], [at(22, 'Began'), at(25, 'Began')], { settings })
    expect(mails(simulation)).toEqual(sent)
    expect(simulation.customer.past['series']).toMatchObject({
      count: sent.length,
      lastStartedAt: START + (sent.length === 2 ? 25 : 22) * HOUR,
      lastEndedAt: START + 33 * HOUR,
    })
  })

  it('branches by what its own step has just written', () => {
    const steps: StepWords[] = [
      { kind: 'update', id: 'mark', traits: { marked: true } },
      {
        kind: 'branch',
        id: 'which',
        ways: [
          {
            when: { kind: 'trait', path: ['marked'], condition: { operator: 'is', value: true } },
            to: 'yes',
          },
        ],
        otherwise: 'no',
      },
      send('yes', { next: 'end' }),
      send('no'),
    ]
    const simulation = lived([series({ steps })], [at(0, 'Began')])
    expect(mails(simulation)).toEqual(['0h sent yes'])
    expect(simulation.customer.traits).toMatchObject({ marked: true })
  })

  it('stops marketing as an unsubscribe does', () => {
    const steps: StepWords[] = [{ kind: 'update', id: 'stop', stopMarketing: true }, send('too-late')]
    const simulation = lived([series({ steps })], [at(0, 'Began')])
    expect(simulation.customer.lifecycle.value.permission).toBe('unsubscribed')
    expect(mails(simulation)).toEqual([])
    expect(runs(simulation)).toEqual(['- 0h 0h unsubscribed'])
  })

  it('gives a code and tells other servers, under names that are the same in every replay', () => {
    const steps: StepWords[] = [
      { kind: 'coupon', id: 'code', from: { pool: 'autumn' }, validFor: '7d' },
      { kind: 'webhook', id: 'tell', url: 'https://chat.example/hook' },
      send('offer'),
    ]
    const simulation = lived([series({ steps })], [at(0, 'Began')])
    const claim = 'series/c1/Began-0/code/1'
    expect(simulation.coupons).toMatchObject([{ claim, pool: 'autumn', enrolmentId: 'series/c1/Began-0' }])
    expect(simulation.webhooks).toMatchObject([
      { id: 'series/c1/Began-0/tell/1', url: 'https://chat.example/hook', stepId: 'tell' },
    ])
    expect(simulation.messages[0]?.message.data.coupon).toEqual({
      pool: 'autumn',
      claim,
      expiresAt: START + 7 * DAY,
    })
  })

  it('starts another journey, and ends others', () => {
    const caller = series({
      id: 'caller',
      steps: [
        { kind: 'endJourney', id: 'stop', journey: 'series' },
        { kind: 'startJourney', id: 'go', journey: 'called' },
      ],
      trigger: { kind: 'event', name: 'Called' },
    })
    const called = series({ id: 'called', trigger: { kind: 'api' }, steps: [send('hello')] })
    const simulation = lived([series(), caller, called], [at(0, 'Began'), at(5, 'Called')])
    expect(simulation.runs.map(({ journeyId, endReason }) => [journeyId, endReason])).toEqual([
      ['series', 'ended-by:caller'],
      ['caller', 'completed'],
      ['called', 'completed'],
    ])
    expect(mails(simulation)).toEqual(['0h sent first', '5h sent hello'])
  })

  it('is started by anything that happens, but not by the mails that it sends itself', () => {
    const any = series({ trigger: { kind: 'event' }, steps: [send('only')] })
    const { runs: all } = lived([any], [at(0, 'Looked'), at(5, 'Looked')], { days: 3 })
    expect(all.filter(({ startedAt }) => startedAt >= START)).toHaveLength(2)
  })

  it('goes round a circle with a delay, and counts each visit', () => {
    const steps: StepWords[] = [send('again'), pause('day', '1d', { next: 'again' })]
    const simulation = lived([series({ steps, exits: [{ on: ORDERED }] })], [at(0, 'Began'), ordered(60)])
    expect(simulation.messages.map(({ message }) => message.id)).toEqual([
      'series/c1/Began-0/again/1',
      'series/c1/Began-0/again/2',
      'series/c1/Began-0/again/3',
    ])
  })

  it('refuses to go round a circle without one', () => {
    const steps: StepWords[] = [
      { kind: 'update', id: 'a', traits: { a: 1 } },
      { kind: 'update', id: 'b', traits: { b: 1 }, next: 'a' },
    ]
    expect(() => lived([series({ steps })], [at(0, 'Began')])).toThrow(/in a circle without a delay/)
  })

  it('has one step of the same delay again and again, each armed anew', () => {
    const steps: StepWords[] = [pause('day', '1d', { next: 'day' })]
    const {
      runs: [run],
    } = lived([series({ steps })], [at(0, 'Began')], { days: 5.5 })
    expect(run?.visits).toEqual({ day: 6 })
  })
})

describe('one abandonment at a time', () => {
  const browse = series({
    id: 'browse',
    trigger: { kind: 'event', name: 'Product Viewed' },
    exclusion: { group: 'abandonment', rank: 1 },
    steps: [pause('wait', '2h'), send('browse')],
  })
  const carts = cart({ exclusion: { group: 'abandonment', rank: 2 } })

  it('lets the cart overtake the view, and the view not the cart', () => {
    const viewed = (hours: number) => at(hours, 'Product Viewed', { product_id: 'p1' })
    const simulation = lived([browse, carts], [viewed(0), added(1, 'A'), viewed(2), viewed(10)])
    expect(mails(simulation)).toEqual(['5h sent reminder', '12h sent browse'])
    expect(simulation.runs.map(({ journeyId, endReason }) => [journeyId, endReason])).toEqual([
      ['browse', 'overtaken'],
      ['cart', 'completed'],
      ['browse', 'completed'],
    ])
  })
})

describe('who is held out', () => {
  const held = series({ holdOut: 0.5, steps: [send('mail')] })
  const outcomes = Array.from({ length: 400 }, (_, index) => {
    const rules = rulesWith({}, [journeyOf(held)])
    const { messages, runs: all } = simulate(
      [address(0), subscribe(0), at(24, 'Began'), at(48, 'Began')],
      rules,
      {
        customerId: `customer-${index}`,
        until: START + 5 * DAY,
      },
    )
    return { sent: messages.length, ends: all.map(({ endReason }) => endReason) }
  })

  it('gets nothing, is counted, and is held out every time', () => {
    expect(new Set(outcomes.map(({ sent, ends }) => `${sent} ${ends.join()}`))).toEqual(
      new Set(['0 held-out,held-out', '2 completed,completed']),
    )
  })

  it('is about the share that was asked for', () => {
    const share = outcomes.filter(({ sent }) => sent === 0).length / outcomes.length
    expect(share).toBeGreaterThan(0.42)
    expect(share).toBeLessThan(0.58)
  })
})

describe('a split', () => {
  const steps: StepWords[] = [
    {
      kind: 'split',
      id: 'test',
      ways: [
        { weight: 3, to: 'a' },
        { weight: 1, to: 'b' },
      ],
    },
    send('a', { next: 'end' }),
    send('b'),
  ]

  it('goes by its weights, and always the same way for one customer', () => {
    const rules = rulesWith({}, [journeyOf(series({ steps }))])
    const ways = Array.from({ length: 400 }, (_, index) =>
      simulate([address(0), subscribe(0), at(24, 'Began'), at(48, 'Began')], rules, {
        customerId: `customer-${index}`,
        until: START + 5 * DAY,
      }).messages.map(({ message }) => message.template),
    )
    expect(ways.every(([one, other]) => one !== undefined && one === other)).toBe(true)
    const share = ways.filter(([one]) => one === 'a').length / ways.length
    expect(share).toBeGreaterThan(0.68)
    expect(share).toBeLessThan(0.82)
  })
})

describe('a date', () => {
  const birthday = (more: object = {}): JourneyWords =>
    series({
      id: 'birthday',
      trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true }, ...more },
      steps: [send('birthday')],
    })
  const born = (text: string, hours = 0) =>
    eventInput({
      day: hours / 24,
      id: `born-${hours}`,
      type: 'identify',
      userId: 'u1',
      traits: { birthday: text },
    })

  it('starts a journey at nine in the morning of every year', () => {
    const simulation = lived([birthday()], [born('1990-01-05')], { days: 800 })
    expect(mails(simulation)).toEqual(['105h sent birthday', '8865h sent birthday', '17625h sent birthday'])
  })

  it('goes by the last word on it', () => {
    const simulation = lived([birthday()], [born('1990-01-05'), born('1990-01-08', 50)], { days: 20 })
    expect(mails(simulation)).toEqual(['177h sent birthday'])
  })

  it('may lie so many days before, at another time', () => {
    expect(mails(lived([birthday({ days: -2, at: '18:30' })], [born('01-09')], { days: 20 }))).toEqual([
      '162.5h sent birthday',
    ])
  })

  it('is once for an order where it hangs on the last one', () => {
    const after = series({
      trigger: { kind: 'date', date: { of: 'lastOrder', after: '3d' }, at: '00:00' },
      steps: [send('how-is-it')],
    })
    expect(mails(lived([after], [ordered(0), ordered(24), ordered(300)]))).toEqual([
      '96h sent how-is-it',
      '384h sent how-is-it',
    ])
  })
})
