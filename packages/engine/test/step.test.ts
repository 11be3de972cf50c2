import { describe, expect, it } from 'vitest'
import { createCustomer, earliest, step, type Customer, type Journey } from '../src/index.ts'
import { applyTimedActions, nextDue, withoutTimer } from '../src/timers.ts'
import { DAY, eventInput, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, browserSubscribe, days, noise, story, subscribe, visit } from './support/story.ts'
import { messagesOf } from './support/messagesOf.ts'
import { journeyOf } from './support/testJourneys.ts'

const delayed = (id: string, duration: number): Journey =>
  journeyOf({
    id,
    name: id,
    trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    reentry: { kind: 'never' },
    steps: [
      { kind: 'delay', id: 'wait', duration },
      { kind: 'send', id: 'mail', template: id, purpose: 'transactional', to: 'customer' },
    ],
  })

describe('a step', () => {
  it('fires the timers due first, each at its own time, and then the event', () => {
    const { customer } = live([address(0), order(1, 'o1'), browserSubscribe(2, 'x@example.com')], rules)
    const { transitions, customer: after } = step(customer, order(200, 'o2'), rules)
    expect(transitions.map(({ at, region, to }) => [days(at), region, to])).toEqual([
      [9, 'permission', 'none'],
      [32, 'engagement', 'unknown'],
      [91, 'stage', 'atRisk'],
      [181, 'stage', 'lapsed'],
      [200, 'stage', 'reactivated'],
    ])
    expect(after.timers).toEqual({
      'lifecycle|xstate.after.atRisk.lifecycle.stage.reactivated': START + 290 * DAY,
    })
  })

  it('fires a timer due at the very time of the event before the event', () => {
    const { customer } = live([order(0, 'o1')], rules)
    expect(story(step(customer, order(90, 'o2'), rules).transitions, 'stage')).toEqual([
      '90 new > atRisk (timer atRisk)',
      '90 atRisk > active (Order Completed)',
    ])
  })

  it('fires timers due at the same time in the order of their ids', () => {
    const two = rulesWith({}, [delayed('zebra', DAY), delayed('ant', DAY), delayed('early', DAY - 1)])
    const { customer } = live([address(0), subscribe(0)], two)
    const { effects } = step(customer, wake(1), two)
    expect(messagesOf(effects).map((message) => [message.template, message.causeAt - START])).toEqual([
      ['early', DAY - 1],
      ['ant', DAY],
      ['zebra', DAY],
    ])
  })

  it('fires the lifecycle’s timers before those of journeys that are due at the same time, whatever these are called', () => {
    const both = rulesWith({ engagement: { warmFor: 90 * DAY } }, [
      delayed('a-journey', 90 * DAY),
      delayed('z-journey', 90 * DAY),
    ])
    const { timers } = live([address(0), subscribe(0), order(0, 'o1')], both).customer
    const fired: string[] = []
    for (let left = timers; ;) {
      const due = nextDue(left, START + 90 * DAY)
      if (!due) break
      fired.push(due.key.replace(/c1\/event-\d+/, 'c1/event'))
      left = withoutTimer(left, due.key)
    }
    expect(fired).toEqual([
      'lifecycle|xstate.after.atRisk.lifecycle.stage.new',
      'lifecycle|xstate.after.silence.lifecycle.engagement.warm',
      'a-journey/c1/event|xstate.after.wait.journey.wait',
      'z-journey/c1/event|xstate.after.wait.journey.wait',
    ])
  })

  const customers: [sentence: string, customer: Customer][] = [
    ['a new customer', createCustomer('c1')],
    ['a customer with timers', live([order(1, 'o1')], rules).customer],
    ['a customer whose timers have fired', live([address(0), order(1, 'o1'), wake(90)], rules).customer],
  ]
  it.each(customers)('that wakes %s for nothing gives back the same customer', (_sentence, customer) => {
    const result = step(customer, wake(90), rules)
    expect(result).toEqual({ customer, transitions: [], effects: [] })
    expect(result.customer).toBe(customer)
  })

  it.each([
    ['an unknown event', noise(80)],
    ['a visit later on the same day', visit(80.5)],
    ['an opened mail', noise(80, { name: 'Email Opened' })],
    ['a group call', eventInput({ day: 80, type: 'group', userId: 'u1' })],
    ['a merge that has been recorded', noise(80, { name: 'Customers Merged', source: 'own' })],
  ])('gives back the same customer for what means nothing to it: %s', (_sentence, input) => {
    const { customer } = live([address(0), order(1, 'o1'), visit(80)], rules)
    const result = step(customer, input, rules)
    // Whatever goes through the lifecycle comes out as another object.
    expect(result.customer).toBe(customer)
    expect(result.transitions).toEqual([])
    expect(step(customer, visit(82), rules).customer).not.toBe(customer)
  })

  it('fires timers also for an event that means nothing', () => {
    const { customer } = live([order(0, 'o1')], rules)
    expect(story(step(customer, noise(100), rules).transitions, 'stage')).toEqual([
      '90 new > atRisk (timer atRisk)',
    ])
  })

  it('takes any past, and does not touch what it was given', () => {
    const customer = createCustomer('c1')
    const before = structuredClone(customer)
    const result = step(customer, order(-20_000, 'o1'), rules)
    expect(result.customer.figures.firstAt).toBe(START - 20_000 * DAY)
    expect(customer).toEqual(before)
  })

  it('refuses a customer that another definition of the lifecycle wrote', () => {
    const customer = { ...createCustomer('c1'), definition: 99 }
    expect(() => step(customer, order(0, 'o1'), rules)).toThrow(
      'Customer c1 was written by lifecycle definition 99; this one is 4',
    )
  })
})

describe('timers', () => {
  const raise = (id: string, delay: number) => ({ type: 'xstate.raise', params: { id, delay } })
  const cancel = (sendId: string) => ({ type: 'xstate.cancel', params: { sendId } })

  it.each([
    ['a raise with a delay arms', {}, [raise('a', 5)], { 'o|a': 105 }],
    ['a fraction of a millisecond is rounded up', {}, [raise('a', 4.2)], { 'o|a': 105 }],
    ['a raise without a delay is no timer', {}, [{ type: 'xstate.raise', params: { id: 'a' } }], {}],
    ['a cancel disarms its own owner’s only', { 'o|a': 1, 'p|a': 2 }, [cancel('a')], { 'p|a': 2 }],
    ['a re-entry cancels and raises, in order', { 'o|a': 1 }, [cancel('a'), raise('a', 5)], { 'o|a': 105 }],
    ['what is cancelled after it was raised is gone', {}, [raise('a', 5), cancel('a')], {}],
    ['other actions are nothing', { 'o|a': 1 }, [{ type: 'send', params: { step: 'x' } }], { 'o|a': 1 }],
  ])('%s', (_sentence, timers, actions, expected) => {
    expect(applyTimedActions(timers, 'o', actions, 100)).toEqual(expected)
  })

  it.each([[Number.NaN], [Infinity]])(
    'refuse a delay of %s, which XState would fire at once or never',
    (delay) => {
      expect(() => applyTimedActions({}, 'o', [raise('a', delay)], 100)).toThrow(
        `Timer a of o: expected a finite delay, got ${delay}`,
      )
    },
  )

  it('are found earliest first, and by their owner whatever its name', () => {
    const timers = { 'lifecycle|xstate.b': 7, 'welcome/c1/a|b|xstate.after.x': 5, 'lifecycle|xstate.a': 7 }
    expect(earliest(timers)).toBe(5)
    expect(earliest({})).toBeNull()
    expect(nextDue(timers, 4)).toBeUndefined()
    expect(nextDue(timers, 7)).toEqual({
      key: 'welcome/c1/a|b|xstate.after.x',
      owner: 'welcome/c1/a|b',
      id: 'xstate.after.x',
      dueAt: 5,
    })
    expect(nextDue(withoutTimer(timers, 'welcome/c1/a|b|xstate.after.x'), 7)?.id).toBe('xstate.a')
  })
})
