import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  mergeCustomers,
  rebuild,
  step,
  type Customer,
  type Input,
  type Rules,
} from '../src/index.ts'
import { arbitraryRule } from './support/arbitraryRules.ts'
import { arbitraryInputs, ARRIVAL, check, eventsOf, finish, runs, seed } from './support/histories.ts'
import { DAY, order, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { arbitraryVersions, population, versions } from './support/populations.ts'
import { visit } from './support/story.ts'

/** Two customers who lived apart, as they are when they have turned out to be one. */
function merged(survivorLived: readonly Input[], absorbedLived: readonly Input[], rules: Rules, at: number) {
  const survivor = live(survivorLived, rules, createCustomer('s')).customer
  const absorbed = live(absorbedLived, rules, createCustomer('a')).customer
  const history = eventsOf([...survivorLived, ...absorbedLived])
  return { survivor, absorbed, ...rebuild(mergeCustomers(survivor, absorbed, at), history, rules) }
}

/** All that is judged or counted; the watermarks only say when to rebuild. */
function facts(customer: Customer) {
  const { id, clock, moved, cartsMoved, rulesUntil, historyUntil, past, enrolments, ...kept } = customer
  return kept
}

describe('two customers who turn out to be one, by rules that have changed', () => {
  it('are judged at once by all that either was judged by', () => {
    const rules = rulesWith({}, [], versions([80, population(40)]))
    // Nothing of the survivor is judged by the version: it has not ordered.
    const { survivor, absorbed, customer } = merged(
      [visit(70)],
      [order(0, 'o1'), wake(80)],
      rules,
      START + 81 * DAY,
    )
    expect(survivor.rulesUntil).toBeLessThan(absorbed.rulesUntil)
    expect(customer.lifecycle.value.stage).toBe('lapsed')
  })

  it(`are what the events of both make, in groups, segments and counters as well (seed ${seed}, ${runs} runs)`, () => {
    const segments = fc.array(arbitraryRule, { maxLength: 4 })
    check(
      fc.property(
        fc.tuple(arbitraryInputs, arbitraryInputs, arbitraryVersions, segments),
        ([one, two, dated, rulesOf]) => {
          const rules = compileRules({
            version: 1,
            settings: rulesWith().settings,
            versions: dated,
            segments: rulesOf.map((rule, index) => ({ id: `s${index}`, rule, isLive: true })),
          })
          const ids = new Set(eventsOf(one).map(({ id }) => id))
          const others = two.filter((input) => input.kind === 'wake' || !ids.has(input.id))
          const whole = merged(one, others, rules, ARRIVAL)
          const united = rebuild(createCustomer('s'), eventsOf([...one, ...others]), rules)
          const [end, expected] = [whole, united].map(({ customer, transitions }) => {
            const last = step(customer, finish, rules)
            return { ...facts(last.customer), all: [...transitions, ...last.transitions] }
          })
          expect(end).toEqual(expected)
        },
      ),
    )
  })
})
