import { describe, expect, it } from 'vitest'
import { createCustomer, step, type Input } from '../src/index.ts'
import { DAY, eventInput, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, cancel, days, refund, story, visit } from './support/story.ts'

const stages: [sentence: string, inputs: Input[], expected: string[]][] = [
  ['a visit alone leaves a visitor a visitor', [visit(0), wake(900)], []],
  ['an address makes a prospect', [address(2), wake(900)], ['2 visitor > prospect (identify)']],
  [
    'a claimed address makes nobody a prospect',
    [
      eventInput({
        day: 2,
        source: 'public',
        type: 'identify',
        anonymousId: 'a1',
        traits: { email: 'a@b.cd' },
      }),
    ],
    [],
  ],
  [
    'a first order makes a visitor new, and an address then changes nothing',
    [order(1, 'o1'), address(2)],
    ['1 visitor > new (Order Completed)'],
  ],
  [
    'a first order with an address is told as two transitions',
    [order(1, 'o1', 10, { traits: { email: 'ann@example.com' } })],
    ['1 visitor > prospect (Order Completed)', '1 prospect > new (Order Completed)'],
  ],
  [
    'a second order makes a repeat buyer, and a third changes nothing',
    [address(0), order(1, 'o1'), order(5, 'o2'), order(9, 'o3')],
    [
      '0 visitor > prospect (identify)',
      '1 prospect > new (Order Completed)',
      '5 new > active (Order Completed)',
    ],
  ],
  [
    'time alone takes a buyer to lost, each state at its own limit after the order',
    [order(10, 'o1'), wake(2_000)],
    [
      '10 visitor > new (Order Completed)',
      '100 new > atRisk (timer atRisk)',
      '190 atRisk > lapsed (timer lapsed)',
      '375 lapsed > lost (timer lost)',
    ],
  ],
  [
    'each order starts the time again',
    [order(0, 'o1'), order(80, 'o2'), order(160, 'o3'), wake(249)],
    ['0 visitor > new (Order Completed)', '80 new > active (Order Completed)'],
  ],
  [
    'an order at risk makes active',
    [order(0, 'o1'), order(120, 'o2'), wake(209)],
    [
      '0 visitor > new (Order Completed)',
      '90 new > atRisk (timer atRisk)',
      '120 atRisk > active (Order Completed)',
    ],
  ],
  [
    'an order after lapsing reactivates, and the next one makes active',
    [order(0, 'o1'), order(200, 'o2'), order(230, 'o3'), wake(319)],
    [
      '0 visitor > new (Order Completed)',
      '90 new > atRisk (timer atRisk)',
      '180 atRisk > lapsed (timer lapsed)',
      '200 lapsed > reactivated (Order Completed)',
      '230 reactivated > active (Order Completed)',
    ],
  ],
  [
    'an order after all was lost reactivates too, and a reactivated customer ages again',
    [order(0, 'o1'), order(400, 'o2'), wake(490)],
    [
      '0 visitor > new (Order Completed)',
      '90 new > atRisk (timer atRisk)',
      '180 atRisk > lapsed (timer lapsed)',
      '365 lapsed > lost (timer lost)',
      '400 lost > reactivated (Order Completed)',
      '490 reactivated > atRisk (timer atRisk)',
    ],
  ],
  [
    'the only order cancelled makes a customer with an address a prospect again',
    [address(0), order(1, 'o1'), cancel(2, 'o1'), wake(900)],
    [
      '0 visitor > prospect (identify)',
      '1 prospect > new (Order Completed)',
      '2 new > prospect (Order Cancelled)',
    ],
  ],
  [
    'the only order cancelled makes a customer without an address a visitor again',
    [order(1, 'o1'), cancel(2, 'o1'), wake(50), address(60)],
    [
      '1 visitor > new (Order Completed)',
      '2 new > visitor (Order Cancelled)',
      '60 visitor > prospect (identify)',
    ],
  ],
  [
    'a cancelled order does not count when the next one comes',
    [order(1, 'o1'), cancel(2, 'o1'), order(3, 'o2'), order(4, 'o3')],
    [
      '1 visitor > new (Order Completed)',
      '2 new > visitor (Order Cancelled)',
      '3 visitor > new (Order Completed)',
      '4 new > active (Order Completed)',
    ],
  ],
  [
    'of two orders one cancelled leaves one: new, by the time of the order that remains',
    [order(0, 'o1'), order(30, 'o2'), cancel(40, 'o2'), wake(90)],
    [
      '0 visitor > new (Order Completed)',
      '30 new > active (Order Completed)',
      '40 active > new (Order Cancelled)',
      '90 new > atRisk (timer atRisk)',
    ],
  ],
  [
    'the order that reactivated cancelled puts the customer back where time had put it',
    [order(0, 'o1'), order(200, 'o2'), cancel(201, 'o2'), wake(365)],
    [
      '0 visitor > new (Order Completed)',
      '90 new > atRisk (timer atRisk)',
      '180 atRisk > lapsed (timer lapsed)',
      '200 lapsed > reactivated (Order Completed)',
      '201 reactivated > lapsed (Order Cancelled)',
      '365 lapsed > lost (timer lost)',
    ],
  ],
  [
    'an older order cancelled leaves a reactivated customer what it is',
    [order(0, 'o1'), order(1, 'o2'), order(200, 'o3'), cancel(201, 'o1')],
    [
      '0 visitor > new (Order Completed)',
      '1 new > active (Order Completed)',
      '91 active > atRisk (timer atRisk)',
      '181 atRisk > lapsed (timer lapsed)',
      '200 lapsed > reactivated (Order Completed)',
    ],
  ],
  [
    'the last order of a lost customer cancelled leaves it lost; its only one, a visitor',
    [order(0, 'o1'), order(1, 'o2'), cancel(400, 'o2'), cancel(401, 'o1')],
    [
      '0 visitor > new (Order Completed)',
      '1 new > active (Order Completed)',
      '91 active > atRisk (timer atRisk)',
      '181 atRisk > lapsed (timer lapsed)',
      '366 lapsed > lost (timer lost)',
      '401 lost > visitor (Order Cancelled)',
    ],
  ],
  [
    'a refund, whole or in part, moves no stage and no deadline',
    [order(0, 'o1', 50), refund(20, 'o1', 5), refund(30, 'o1'), wake(90)],
    ['0 visitor > new (Order Completed)', '90 new > atRisk (timer atRisk)'],
  ],
  [
    'what comes after a cancellation does not bring the order back',
    [order(0, 'o1'), order(50, 'o2'), cancel(51, 'o2'), refund(52, 'o2'), wake(90)],
    [
      '0 visitor > new (Order Completed)',
      '50 new > active (Order Completed)',
      '51 active > new (Order Cancelled)',
      '90 new > atRisk (timer atRisk)',
    ],
  ],
]

const limits = (atRisk: number, lapsed = 180, lost = 365) =>
  rulesWith({ limits: { atRisk: atRisk * DAY, lapsed: lapsed * DAY, lost: lost * DAY } })

describe('the stage', () => {
  it.each(stages)('%s', (_sentence, inputs, expected) => {
    expect(story(live(inputs, rules).transitions, 'stage')).toEqual(expected)
  })

  it.each([
    ['a millisecond before', -1, 'new'],
    ['at', 0, 'atRisk'],
    ['a millisecond after', 1, 'atRisk'],
  ])('changes exactly at the limit: %s', (_sentence, offset, expected) => {
    const at = START + 90 * DAY + offset
    const { customer } = live([order(0, 'o1'), { kind: 'wake', at, receivedAt: at }], rules)
    expect(customer.lifecycle.value.stage).toBe(expected)
  })

  it('explains a transition by its event, its numbers and the next deadline', () => {
    const first = order(0, 'o1', 10, { id: 'm1' })
    const [transition] = step(createCustomer('c1'), first, rules).transitions
    expect(transition).toEqual({
      at: START,
      region: 'stage',
      from: 'visitor',
      to: 'new',
      reason: {
        cause: { kind: 'event', id: 'm1', name: 'Order Completed' },
        numbers: {
          orders: 1,
          daysSinceLastOrder: 0,
          atRiskAfterDays: 90,
          lapsedAfterDays: 180,
          lostAfterDays: 365,
          basis: 'cold-start',
          gaps: 0,
        },
        next: { timer: 'atRisk', dueAt: START + 90 * DAY },
      },
    })
  })

  it('explains a transition by its timer, its numbers and the next deadline, until there is none', () => {
    const { transitions } = live([order(0, 'o1'), wake(400)], rules)
    const [, atRisk, , lost] = transitions
    const numbers = {
      orders: 1,
      atRiskAfterDays: 90,
      lapsedAfterDays: 180,
      lostAfterDays: 365,
      basis: 'cold-start',
      gaps: 0,
    }
    expect(atRisk?.reason).toEqual({
      cause: { kind: 'timer', id: 'xstate.after.atRisk.lifecycle.stage.new', dueAt: START + 90 * DAY },
      numbers: { ...numbers, daysSinceLastOrder: 90 },
      next: { timer: 'lapsed', dueAt: START + 180 * DAY },
    })
    expect(lost?.reason).toEqual({
      cause: { kind: 'timer', id: 'xstate.after.lost.lifecycle.stage.lapsed', dueAt: START + 365 * DAY },
      numbers: { ...numbers, daysSinceLastOrder: 365 },
    })
  })

  it.each([
    ['new', [order(0, 'o1')], limits(100), 90, 100],
    ['active', [order(0, 'o1'), order(1, 'o2')], limits(100), 91, 101],
    ['reactivated', [order(0, 'o1'), order(200, 'o2')], limits(100), 290, 300],
    ['atRisk', [order(0, 'o1'), wake(90)], limits(90, 200), 180, 200],
    ['lapsed', [order(0, 'o1'), wake(180)], limits(90, 180, 400), 365, 400],
  ])(
    'of a customer who is %s waits for a limit that was moved away while the timer was armed',
    (state, inputs, moved, oldDue, newDue) => {
      const before = live(inputs, rules).customer
      expect(before.lifecycle.value.stage).toBe(state)
      expect(Object.values(before.timers).map(days)).toContain(oldDue)
      const rechecked = step(before, wake(oldDue), moved)
      expect(rechecked.transitions.filter(({ region }) => region === 'stage')).toEqual([])
      expect(Object.values(rechecked.customer.timers).map(days)).toContain(newDue)
      const fired = step(rechecked.customer, wake(newDue), moved)
      expect(fired.transitions.map(({ at }) => days(at))).toContain(newDue)
      expect(fired.customer.lifecycle.value.stage).not.toBe(state)
    },
  )

  it('passes at once through the limits that were moved below the time already gone', () => {
    const { customer } = live([order(0, 'o1')], rules)
    const { transitions } = step(customer, wake(90), limits(10, 20, 30))
    expect(story(transitions, 'stage')).toEqual([
      '90 new > atRisk (timer atRisk)',
      '90 atRisk > lapsed (timer lapsed)',
      '90 lapsed > lost (timer lost)',
    ])
  })
})
