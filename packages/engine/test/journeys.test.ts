import { describe, expect, it } from 'vitest'
import { compileRules, createCustomer, step, type Customer, type Input, type Journey } from '../src/index.ts'
import { DAY, eventInput, HOUR, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, browserSubscribe, confirm, mail, subscribe, unsubscribe } from './support/story.ts'
import { messagesOf } from './support/messagesOf.ts'
import { FIRST_JOURNEYS, journeyOf, type JourneyWords } from './support/testJourneys.ts'

const mailStep = (id = 'mail'): JourneyWords['steps'][number] => ({
  kind: 'send',
  id,
  template: id,
  purpose: 'transactional',
  to: 'customer',
})
const wait = (id: string, days: number): JourneyWords['steps'][number] => ({
  kind: 'delay',
  id,
  duration: days * DAY,
})

const journey = (more: Partial<JourneyWords> = {}): Journey =>
  journeyOf({
    id: 'journey',
    name: 'Journey',
    trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    reentry: { kind: 'always' },
    steps: [mailStep()],
    ...more,
  })

const ids = (inputs: readonly Input[], journeys: readonly Journey[]) =>
  messagesOf(live(inputs, rulesWith({}, journeys)).effects).map((message) => message.id)

/** Subscribed on each of these days, unsubscribed half a day later. */
const subscriptions = (...on: number[]) =>
  on.flatMap((day) => [subscribe(day, { id: `s${day}` }), unsubscribe(day + 0.5)])

const stored = (customer: Customer) => JSON.parse(JSON.stringify(customer)) as Customer

describe('a journey', () => {
  it('starts at the transition of its trigger and asks for its message', () => {
    const inputs = [
      address(0, 'Ann@Example.com', {
        traits: { email: 'Ann@Example.com', firstName: 'Ann', locale: 'pl-PL' },
      }),
    ]
    const { customer } = live(inputs, rulesWith({}, [journey()]))
    const result = step(customer, subscribe(1, { id: 's1' }), rulesWith({}, [journey()]))
    expect(messagesOf(result.effects)).toEqual([
      {
        id: 'journey/c1/s1/mail/1',
        enrolmentId: 'journey/c1/s1',
        journeyId: 'journey',
        stepId: 'mail',
        template: 'mail',
        purpose: 'transactional',
        address: 'ann@example.com',
        claimed: false,
        locale: 'pl',
        topic: null,
        sender: null,
        onCap: 'postpone',
        data: { customer: { firstName: 'Ann', email: 'ann@example.com' } },
        causeAt: START + DAY,
        createdAt: START + DAY,
        expiresAt: START + 2 * DAY,
        state: 'queued',
        reason: null,
      },
    ])
    expect(result.customer.enrolments).toEqual({
      'journey/c1/s1': {
        id: 'journey/c1/s1',
        journeyId: 'journey',
        version: 1,
        causeId: 's1',
        key: null,
        startedAt: START + DAY,
        endedAt: START + DAY,
        endReason: 'completed',
        goalAt: null,
        value: 'end',
        since: START + DAY,
        visits: { mail: 1 },
        facts: { orderId: null, lines: [], total: null, currency: null, properties: {} },
        coupon: null,
        unsent: { message: 'journey/c1/s1/mail/1', until: START + 2 * DAY },
        held: null,
      },
    })
    expect(result.customer.past).toEqual({
      journey: { count: 1, lastStartedAt: START + DAY, lastEndedAt: START + DAY },
    })
  })

  it('names a timer as its cause by the timer’s id and time', () => {
    const ageing = journey({ trigger: { kind: 'transition', region: 'stage', to: 'atRisk' } })
    expect(ids([order(0, 'o1'), wake(90)], [ageing])).toEqual([
      `journey/c1/xstate.after.atRisk.lifecycle.stage.new@${START + 90 * DAY}/mail/1`,
    ])
  })

  it.each<[sentence: string, reentry: JourneyWords['reentry'], days: number[], started: number[]]>([
    ['never again', { kind: 'never' }, [0, 10, 400], [0]],
    ['always again', { kind: 'always' }, [0, 10, 400], [0, 10, 400]],
    ['again after 30 days', { kind: 'after', duration: 30 * DAY }, [0, 29, 30, 59, 60], [0, 30, 60]],
  ])('enters %s', (_sentence, reentry, on, started) => {
    const expected = started.map((day) => `journey/c1/s${day}/mail/1`)
    expect(ids([address(0), ...subscriptions(...on)], [journey({ reentry })])).toEqual(expected)
  })

  it('runs once at a time for a customer, and again when the run has ended', () => {
    const slow = journey({ steps: [wait('wait', 5), mailStep()] })
    const inputs = [address(0), ...subscriptions(0, 2, 10), wake(20)]
    expect(ids(inputs, [slow])).toEqual(['journey/c1/s0/mail/1', 'journey/c1/s10/mail/1'])
  })

  it('runs beside other journeys of the same trigger', () => {
    const inputs = [address(0), subscribe(1, { id: 's1' })]
    expect(ids(inputs, [journey({ id: 'one' }), journey({ id: 'two' })])).toEqual([
      'one/c1/s1/mail/1',
      'two/c1/s1/mail/1',
    ])
  })

  it('does not start when it is not live, but finishes what runs', () => {
    const slow = journey({ steps: [wait('wait', 5), mailStep()] })
    const running = live([address(0), subscribe(0, { id: 's1' })], rulesWith({}, [slow])).customer
    const off = rulesWith({}, [])
    const journeys = new Map(rulesWith({}, [slow]).journeys)
    expect(step(createCustomer('c2'), subscribe(1), { ...off, journeys }).customer.enrolments).toEqual({})
    const { effects } = step(running, wake(5), { ...off, journeys })
    expect(messagesOf(effects).map((message) => message.id)).toEqual(['journey/c1/s1/mail/1'])
  })

  it('says which version is missing, where a run’s is not among the rules', () => {
    const slow = journey({ steps: [wait('wait', 5), mailStep()] })
    const running = live([address(0), subscribe(0, { id: 's1' })], rulesWith({}, [slow])).customer
    const newer = compileRules({
      ...rulesWith(),
      journeys: [{ definition: slow, version: 2, status: 'live' }],
      segments: [],
    })
    expect(() => step(running, wake(5), newer)).toThrow(
      'Enrolment journey/c1/s1 runs journey journey@1, which the rules do not hold',
    )
  })

  it('goes on after a restart in the middle of a delay, step by step', () => {
    const series = rulesWith({}, [
      journey({
        steps: [mailStep('one'), wait('first', 2), mailStep('two'), wait('second', 3), mailStep('three')],
      }),
    ])
    let customer = stored(live([address(0), subscribe(1, { id: 's1' })], series).customer)
    const told: [day: number, template: string][] = []
    for (const day of [2, 2.9, 3, 3.1, 5.9, 6, 7, 30]) {
      const result = step(customer, wake(day), series)
      told.push(...messagesOf(result.effects).map(({ template }): [number, string] => [day, template]))
      customer = stored(result.customer)
    }
    expect(told).toEqual([
      [3, 'two'],
      [6, 'three'],
    ])
    expect(customer.enrolments['journey/c1/s1']).toMatchObject({
      endedAt: START + 6 * DAY,
      endReason: 'completed',
      visits: { one: 1, two: 1, three: 1 },
    })
    expect(Object.keys(customer.timers).filter((key) => key.startsWith('journey/'))).toEqual([])
  })

  it('sends each step at its own time, however late somebody wakes up', () => {
    const series = [
      journey({ steps: [wait('first', 2), mailStep('one'), wait('second', 3), mailStep('two')] }),
    ]
    const { effects } = live([address(0), subscribe(0), wake(5)], rulesWith({}, series))
    expect(
      messagesOf(effects).map((message) => [message.template, message.causeAt - START, message.state]),
    ).toEqual([
      ['one', 2 * DAY, 'expired'],
      ['two', 5 * DAY, 'queued'],
    ])
  })

  it('may send as many mails at once as it has', () => {
    const steps = Array.from({ length: 150 }, (_, position) => mailStep(`mail-${position}`))
    expect(ids([address(0), subscribe(1)], [journey({ steps })])).toHaveLength(150)
  })

  it('starts from no stage that a correction puts a customer back to', () => {
    const thanks = journey({ trigger: { kind: 'transition', region: 'stage', to: 'new' } })
    const inputs = [
      order(0, 'o1', 10, { id: 'first' }),
      order(1, 'o2'),
      eventInput({ day: 2, name: 'Order Cancelled', userId: 'u1', properties: { order_id: 'o2' } }),
    ]
    expect(ids(inputs, [thanks])).toEqual(['journey/c1/first/mail/1'])
  })
})

describe('a message', () => {
  const state = (inputs: readonly Input[], more: Partial<JourneyWords> = {}, settings = {}) =>
    messagesOf(live(inputs, rulesWith(settings, [journey(more)])).effects).map((message) => [
      message.state,
      message.reason,
    ])
  const late = (hours: number, purpose: 'marketing' | 'transactional' = 'transactional') => {
    const input = subscribe(1)
    const inputs = [address(0), { ...input, receivedAt: input.at + hours * HOUR }]
    const steps: JourneyWords['steps'] = [
      { kind: 'send', id: 'mail', template: 'mail', purpose, to: 'customer' },
    ]
    return { inputs, steps }
  }

  it.each([
    ['a cause of a day ago is still in time', 24, {}, 'queued', null],
    ['a cause of more than a day ago is late', 24.001, {}, 'expired', 'late'],
    ['the shop’s own limit counts', 24.001, { maxAge: { transactional: 2 * DAY } }, 'queued', null],
    [
      'the limit of the other purpose does not',
      24.001,
      { maxAge: { marketing: 2 * DAY } },
      'expired',
      'late',
    ],
  ])('%s', (_sentence, hours, settings, expected, reason) => {
    const { inputs, steps } = late(hours)
    expect(state(inputs, { steps }, settings)).toEqual([[expected, reason]])
  })

  it('of marketing goes by the limit of marketing', () => {
    const { inputs, steps } = late(30, 'marketing')
    expect(state(inputs, { steps }, { maxAge: { marketing: 2 * DAY } })).toEqual([['queued', null]])
  })

  it('to nobody’s address is refused', () => {
    expect(state([subscribe(1)])).toEqual([['refused', 'no-address']])
  })

  it('is in the shop’s language where the customer’s is not known', () => {
    const { effects } = live([address(0), subscribe(1)], rulesWith({ locale: 'ro' }, [journey()]))
    expect(messagesOf(effects)[0]?.locale).toBe('ro')
  })
})

describe('the confirmation of an opt-in', () => {
  const confirmations = (...inputs: Input[]) =>
    messagesOf(live(inputs, rulesWith({}, FIRST_JOURNEYS)).effects).map((message) => message)
  const named = (day: number) =>
    eventInput({
      day,
      source: 'public',
      type: 'identify',
      anonymousId: 'a1',
      traits: { firstName: 'Win money at http://evil.example', locale: 'es' },
    })

  it('goes to the address that was typed, with nothing else that was typed', () => {
    const text = 'I agree to everything at http://evil.example'
    const [message, ...others] = confirmations(named(0), browserSubscribe(1, 'Victim@Example.com', { text }))
    expect(others).toEqual([])
    expect(message).toMatchObject({
      template: 'opt-in-confirmation',
      purpose: 'transactional',
      address: 'victim@example.com',
      claimed: true,
      locale: 'es',
      state: 'queued',
    })
    expect(message?.data).toEqual({ customer: { email: 'victim@example.com' } })
    expect(JSON.stringify(message)).not.toContain('evil')
  })

  it('goes to the typed address also where another one is proven, and is under the same daily limit', () => {
    const [message] = confirmations(address(0), browserSubscribe(1, 'new@example.com'))
    expect(message).toMatchObject({ address: 'new@example.com', claimed: true })
    const [own] = confirmations(address(0), browserSubscribe(1))
    expect(own).toMatchObject({ address: 'ann@example.com', claimed: true })
  })

  it('goes again when the person asks again: with the address mistyped before, or the same one', () => {
    const asked = confirmations(
      browserSubscribe(0, 'ann@exmaple.com'),
      browserSubscribe(0.01, 'ann@example.com'),
      browserSubscribe(2, 'ann@example.com'),
    )
    expect(asked.map(({ address: to }) => to)).toEqual([
      'ann@exmaple.com',
      'ann@example.com',
      'ann@example.com',
    ])
    expect(new Set(asked.map(({ id }) => id)).size).toBe(3)
  })

  it('is followed by the welcome, once, when the person confirms', () => {
    const messages = confirmations(
      browserSubscribe(0, 'ann@example.com'),
      confirm(1),
      mail(1.1),
      unsubscribe(2),
      subscribe(3),
    )
    expect(messages.map(({ template, address: to, claimed }) => [template, to, claimed])).toEqual([
      ['opt-in-confirmation', 'ann@example.com', true],
      ['welcome', 'ann@example.com', false],
    ])
  })

  it('has nobody to go to, where a step waited until the wish had expired', () => {
    const [confirmation] = FIRST_JOURNEYS
    const slow = journeyOf({ ...confirmation!, steps: [wait('wait', 8), ...confirmation!.steps] })
    const { effects } = live([address(0), browserSubscribe(1), wake(20)], rulesWith({}, [slow]))
    expect(messagesOf(effects).map((message) => [message.address, message.claimed])).toEqual([['', true]])
  })
})

describe('the shipped journeys', () => {
  it('start once each along a whole life', () => {
    const { effects } = live(
      [
        address(0),
        browserSubscribe(1, 'ann@example.com'),
        confirm(1.1),
        order(2, 'o1'),
        wake(92),
        wake(182),
        order(200, 'o2'),
        wake(290),
      ],
      rules,
    )
    expect(messagesOf(effects).map((message) => [message.template, message.state])).toEqual([
      ['opt-in-confirmation', 'queued'],
      ['welcome', 'queued'],
      ['thank-you', 'queued'],
      ['at-risk', 'queued'],
      ['win-back', 'queued'],
      ['at-risk', 'queued'],
    ])
  })
})
