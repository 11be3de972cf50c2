import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createCustomer,
  rebuild,
  REGIONS,
  STATES,
  step,
  type Customer,
  type Input,
  type Rules,
} from '../src/index.ts'
import { figuresOf } from '../src/orderFigures.ts'
import { arbitraryInputs, ARRIVAL, check, eventsOf, finish, runs, seed } from './support/histories.ts'
import { rules, rulesWith } from './support/inputs.ts'
import { live } from './support/live.ts'
import { arbitraryVersions } from './support/populations.ts'

function replay(inputs: readonly Input[], judged: Rules) {
  const replayed = rebuild(createCustomer('c1'), eventsOf(inputs), judged)
  const end = step(replayed.customer, finish, judged)
  return { customer: end.customer, transitions: [...replayed.transitions, ...end.transitions] }
}

const lifecycleTimers = ({ timers }: Customer) =>
  Object.fromEntries(Object.entries(timers).filter(([key]) => key.startsWith('lifecycle|')))

const derivedTimers = ({ timers }: Customer) =>
  Object.fromEntries(Object.entries(timers).filter(([key]) => /^(lifecycle|rfm|segments)\|/.test(key)))

/** What a replay must reproduce: not the journeys, which stay facts, nor the watermarks, which say when to rebuild. */
const facts = (customer: Customer) => {
  const { past, enrolments, moved, clock, rulesUntil, ...kept } = customer
  return { ...kept, timers: derivedTimers(customer) }
}

/** The timer that each state with a deadline has, and no other state. */
const DEADLINES: Record<string, string> = {
  'stage.new': 'atRisk',
  'stage.active': 'atRisk',
  'stage.reactivated': 'atRisk',
  'stage.atRisk': 'lapsed',
  'stage.lapsed': 'lost',
  'engagement.warm': 'silence',
  'permission.pending': 'optInExpiry',
}

describe(`running live and replaying (seed ${seed}, ${runs} runs)`, () => {
  it('give the same state, for any events in any order of arrival and any wakes between them', () => {
    check(
      fc.property(arbitraryInputs, arbitraryVersions, (inputs, dated) => {
        const judged = rulesWith({}, undefined, dated)
        const lived = live([...inputs, finish], judged)
        const again = replay(inputs, judged)
        expect(facts(again.customer)).toEqual(facts(lived.customer))
        expect(again.transitions).toEqual(lived.transitions)
      }),
    )
  })

  it('never leave the table of states, keep an overdue timer or move without a reason', () => {
    check(
      fc.property(arbitraryInputs, arbitraryVersions, (inputs, dated) => {
        const { customer, transitions } = live([...inputs, finish], rulesWith({}, undefined, dated))
        const { count, orderDays, positive } = customer.figures
        expect(
          Math.min(count, orderDays, positive, count - orderDays, count - positive),
        ).toBeGreaterThanOrEqual(0)
        for (const region of REGIONS) expect(STATES[region]).toContain(customer.lifecycle.value[region])
        for (const dueAt of Object.values(customer.timers)) expect(dueAt).toBeGreaterThan(ARRIVAL)
        for (const { reason, at } of transitions) {
          expect(reason.cause.id).not.toBe('')
          if (reason.next) expect(reason.next.dueAt).toBeGreaterThanOrEqual(at)
        }
        expect(customer.transitionCount).toBe(transitions.length)
      }),
    )
  })

  it('have exactly the timers of the states that are current', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const { customer } = live(inputs, rules)
        const { engagedAt } = customer.lifecycle.context
        const silentUntil = (engagedAt ?? -Infinity) + rules.settings.engagement.coldAfter
        const expected = REGIONS.flatMap((region) => {
          const state = `${region}.${customer.lifecycle.value[region]}`
          // Somebody silent for longer than that is cold after the next mails, not by the passing of time.
          const delay =
            state === 'engagement.unknown' && silentUntil > customer.clock ? 'longSilence' : DEADLINES[state]
          return delay ? [`lifecycle|xstate.after.${delay}.lifecycle.${state}`] : []
        })
        expect(Object.keys(lifecycleTimers(customer)).toSorted()).toEqual(expected.toSorted())
      }),
    )
  })

  it('agree with what the orders add up to, stage and figures alike', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const { figures, orders, lifecycle, email, optIn } = live(inputs, rules).customer
        const { revenue, ...counted } = figuresOf(Object.values(orders), rules.settings)
        expect(figures).toMatchObject(counted)
        for (const [currency, amount] of Object.entries(figures.revenue)) {
          expect(amount).toBe(revenue[currency] ?? 0)
          expect(amount).toBeGreaterThanOrEqual(0)
        }
        const { stage, permission } = lifecycle.value
        expect(stage === 'prospect').toBe(figures.count === 0 && email !== null)
        expect(stage === 'visitor').toBe(figures.count === 0 && email === null)
        if (stage === 'new') expect(figures.count).toBe(1)
        if (stage === 'active' || stage === 'reactivated') expect(figures.count).toBeGreaterThan(1)
        expect(optIn !== null).toBe(permission === 'pending')
      }),
    )
  })

  it('count no order of which only a refund is known, and keep carts apart, in the order of their last touch', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const { carts, orders, figures } = live(inputs, rules).customer
        const told = Object.values(orders).filter((order) => order.told && !order.cancelled)
        expect(figures.count).toBe(told.length)
        for (const { refunded, total } of Object.values(orders)) expect(refunded).toBeLessThanOrEqual(total)
        expect(new Set(carts.map(({ id }) => id)).size).toBe(carts.length)
        expect(carts.map(({ updatedAt }) => updatedAt)).toEqual(
          carts.map(({ updatedAt }) => updatedAt).toSorted((one, other) => one - other),
        )
      }),
    )
  })

  it('survive a round trip of the state through JSON at every step', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        let stored = createCustomer('c1')
        let lived = stored
        for (const input of inputs) {
          stored = JSON.parse(JSON.stringify(live([input], rules, stored).customer)) as Customer
          lived = live([input], rules, lived).customer
        }
        expect(stored).toEqual(lived)
      }),
    )
  })
})
