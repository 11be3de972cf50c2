import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replay, step } from '../src/index.ts'
import { arbitraryInputs, check, eventsOf, runs, seed } from './support/histories.ts'
import { DAY, order, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { arbitraryVersions, population, versions } from './support/populations.ts'
import { address, subscribe, story } from './support/story.ts'

const rules = rulesWith({}, undefined, versions([50, population(40)]))
const history = [order(20, 'o2'), subscribe(1), address(0), order(0.5, 'o1')]

describe('a customer at an instant', () => {
  it.each([
    [-1, { stage: 'visitor', permission: 'none' }, 0, null],
    [0, { stage: 'prospect', permission: 'none' }, 0, null],
    [0.75, { stage: 'new', permission: 'none' }, 1, 90.5],
    [1, { stage: 'new', permission: 'subscribed' }, 1, 90.5],
    [30, { stage: 'active', permission: 'subscribed' }, 2, 110],
    // The curve of day 50 knows one gap of 19.5 days: 34.875 to be expected, at risk after 52.3125.
    [60, { stage: 'active', permission: 'subscribed' }, 2, 72.3125],
    [73, { stage: 'atRisk', permission: 'subscribed' }, 2, 86.2625],
  ])('on day %d is %j', (day, value, count, deadline) => {
    const { customer } = replay('c1', history, rules, START + day * DAY)
    expect(customer.lifecycle.value).toMatchObject(value)
    expect(customer.figures.count).toBe(count)
    const due = Object.entries(customer.timers).find(([key]) => key.includes('.stage.'))?.[1]
    expect(due === undefined ? null : (due - START) / DAY).toBe(deadline)
  })

  it('has only the transitions until then, and runs no journey', () => {
    const { customer, transitions } = replay('c1', history, rules, START + 60 * DAY)
    expect(story(transitions, 'stage')).toEqual([
      '0 visitor > prospect (identify)',
      '0.5 prospect > new (Order Completed)',
      '20 new > active (Order Completed)',
    ])
    expect(customer.enrolments).toEqual({})
    expect(customer.past).toEqual({})
  })

  it(`is what it was when that instant came (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(
        arbitraryInputs,
        arbitraryVersions,
        fc.integer({ min: 0, max: 700 }),
        (inputs, dated, day) => {
          const judged = rulesWith({}, [], dated)
          const { at } = wake(day)
          const until = eventsOf(inputs).filter((input) => input.at <= at)
          const lived = step(live(until, judged).customer, wake(day), judged).customer
          const { customer } = replay('c1', eventsOf(inputs), judged, at)
          expect(customer.lifecycle).toEqual(lived.lifecycle)
          expect(customer.figures).toEqual(lived.figures)
          expect(customer.rfm).toEqual(lived.rfm)
          expect(customer.timers).toEqual(lived.timers)
        },
      ),
    )
  })
})
