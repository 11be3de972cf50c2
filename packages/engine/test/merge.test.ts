import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCustomer, mergeCustomers, rebuild, step, type Input } from '../src/index.ts'
import { arbitraryInputs, check, eventsOf, finish, runs, seed } from './support/histories.ts'
import { DAY, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, browserSubscribe, days, story, subscribe, visit } from './support/story.ts'
import { messagesOf } from './support/messagesOf.ts'
import { journeyOf } from './support/testJourneys.ts'

const slow = journeyOf({
  id: 'slow',
  name: 'Slow',
  trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
  reentry: { kind: 'always' },
  steps: [
    { kind: 'delay', id: 'wait', duration: 10 * DAY },
    { kind: 'send', id: 'mail', template: 'mail', purpose: 'transactional', to: 'customer' },
  ],
})
const other = journeyOf({ ...slow, id: 'other', trigger: { kind: 'transition', region: 'stage', to: 'new' } })
const journeys = rulesWith({}, [slow, other])

/** Two customers who lived apart, and what they are when they turn out to be one. */
function merge(survivorLived: Input[], absorbedLived: Input[], at: number, rulesOfAll = journeys) {
  const survivor = live(survivorLived, rulesOfAll, createCustomer('s')).customer
  const absorbed = live(absorbedLived, rulesOfAll, createCustomer('a')).customer
  const history = eventsOf([...survivorLived, ...absorbedLived])
  return {
    survivor,
    absorbed,
    history,
    ...rebuild(mergeCustomers(survivor, absorbed, START + at * DAY), history, rulesOfAll),
  }
}

describe('two customers who turn out to be one', () => {
  it('have both histories, one lifecycle, and nothing is sent for it', () => {
    const { customer, transitions, effects } = merge(
      [address(5), order(10, 'o2', 20)],
      [visit(0), order(1, 'o1', 10)],
      12,
    )
    expect(effects).toEqual([])
    expect(customer.id).toBe('s')
    expect(customer.figures).toEqual({
      count: 2,
      orderDays: 2,
      positive: 2,
      revenue: { EUR: 3_000 },
      firstAt: START + DAY,
      lastAt: START + 10 * DAY,
    })
    expect(story(transitions, 'stage')).toEqual([
      '1 visitor > new (Order Completed)',
      '10 new > active (Order Completed)',
    ])
    expect(customer.timers).toEqual(
      expect.objectContaining({ 'lifecycle|xstate.after.atRisk.lifecycle.stage.active': START + 100 * DAY }),
    )
  })

  it('count the same order, told on both sides, once', () => {
    const { customer } = merge([order(1, 'o1', 10)], [order(1.1, 'o1', 10)], 2)
    expect(customer.figures).toMatchObject({ count: 1, revenue: { EUR: 1_000 } })
  })

  it.each([
    ['the survivor’s', 1, 3, 's', 'a'],
    ['the absorbed one’s', 3, 1, 'a', 's'],
    ['the survivor’s, of two that started together', 2, 2, 's', 'a'],
  ])(
    'keep the older of two runs of a journey, here %s, and the other ends',
    (_sentence, survivorDay, absorbedDay, stays, goes) => {
      const { customer, effects } = merge(
        [subscribe(survivorDay, { id: 'one' })],
        [subscribe(absorbedDay, { id: 'two' })],
        5,
      )
      const idOf = (id: string) => `slow/${id}/${id === 's' ? 'one' : 'two'}`
      expect(customer.enrolments[idOf(stays)]).toMatchObject({ endedAt: null, endReason: null })
      expect(customer.enrolments[idOf(goes)]).toMatchObject({ endedAt: START + 5 * DAY, endReason: 'merged' })
      const owners = Object.keys(customer.timers).filter((key) => key.startsWith('slow/'))
      expect(owners).toEqual([`${idOf(stays)}|xstate.after.wait.journey.wait`])
      expect(effects).toEqual([])
      const sent = messagesOf(step(customer, wake(20), journeys).effects).map((message) => message.id)
      expect(sent).toEqual([`${idOf(stays)}/mail/1`])
    },
  )

  it('go on with the runs of different journeys, each at its own time', () => {
    const { customer } = merge([subscribe(1, { id: 'one' })], [order(2, 'o1', 5, { id: 'two' })], 5)
    expect(Object.values(customer.enrolments).map(({ endedAt }) => endedAt)).toEqual([null, null])
    const { effects } = step(customer, wake(12), journeys)
    expect(messagesOf(effects).map((message) => [message.enrolmentId, days(message.causeAt)])).toEqual([
      ['slow/s/one', 11],
      ['other/a/two', 12],
    ])
  })

  it('have entered each journey as often as both had, and last when the later one did', () => {
    const { customer } = merge([subscribe(1), order(2, 'o1')], [subscribe(3), wake(13)], 20)
    expect(customer.past).toEqual({
      slow: { count: 2, lastStartedAt: START + 3 * DAY, lastEndedAt: START + 13 * DAY },
      other: { count: 1, lastStartedAt: START + 2 * DAY, lastEndedAt: null },
    })
  })

  it('do not start again what they start never again', () => {
    const welcome = rulesWith({})
    const { customer } = merge([address(0)], [address(1), subscribe(2)], 5, welcome)
    expect(customer.lifecycle.value.permission).toBe('subscribed')
    expect(customer.past['welcome']?.count).toBe(1)
  })

  it('keep an open wish to be subscribed, and its deadline', () => {
    const { customer } = merge([address(0)], [browserSubscribe(4, 'new@example.com')], 5)
    expect(customer.lifecycle.value.permission).toBe('pending')
    expect(customer.optIn?.email).toBe('new@example.com')
    expect(customer.timers['lifecycle|xstate.after.optInExpiry.lifecycle.permission.pending']).toBe(
      START + 11 * DAY,
    )
  })

  it('are silent about all that an import on either side brought', () => {
    const past = { ...order(1, 'o1'), source: 'import', receivedAt: START + 50 * DAY } as const
    const { customer } = merge([address(60)], [past], 61)
    expect(customer.historyUntil).toBe(START + 50 * DAY)
  })

  it(`are what the events of both make, whoever survives (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(fc.tuple(arbitraryInputs, arbitraryInputs), ([one, two]) => {
        const ids = new Set(eventsOf(one).map(({ id }) => id))
        const others = two.filter((input) => input.kind === 'wake' || !ids.has(input.id))
        const { history, survivor, absorbed, ...merged } = merge(one, others, 700, rules)
        const united = rebuild(createCustomer('s'), history, rules)
        const [end, expected] = [merged, united].map(({ customer }) => step(customer, finish, rules).customer)
        expect(end?.lifecycle).toEqual(expected?.lifecycle)
        expect(end?.figures).toEqual(expected?.figures)
        expect(end?.transitionCount).toBe(expected?.transitionCount)
        expect([end?.cases, end?.timeZone]).toEqual([expected?.cases, expected?.timeZone])
        expect([end?.email, end?.userId, end?.claims, end?.optIn, end?.traits, end?.locale]).toEqual([
          expected?.email,
          expected?.userId,
          expected?.claims,
          expected?.optIn,
          expected?.traits,
          expected?.locale,
        ])
        expect(merged.effects).toEqual([])
        const { customer } = merged
        const journeyIds = new Set([...Object.keys(survivor.past), ...Object.keys(absorbed.past)])
        for (const id of journeyIds) {
          const count = (survivor.past[id]?.count ?? 0) + (absorbed.past[id]?.count ?? 0)
          expect(customer.past[id]?.count).toBe(count)
        }
        for (const key of Object.keys(customer.timers)) {
          const owner = key.slice(0, key.lastIndexOf('|'))
          if (owner !== 'lifecycle') expect(customer.enrolments[owner]?.endedAt).toBeNull()
        }
      }),
    )
  })
})
