import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createCustomer,
  isBehind,
  isLate,
  isOvertaken,
  rebuild,
  step,
  type Customer,
  type EventInput,
  type Input,
  type Rules,
  type RulesVersion,
  type Transition,
} from '../src/index.ts'
import { arbitraryInputs, check, eventsOf, finish, runs, seed } from './support/histories.ts'
import { order, rulesWith, START, wake, DAY } from './support/inputs.ts'
import { arbitraryVersions, population, versions } from './support/populations.ts'
import { story, visit } from './support/story.ts'

const judgedBy = (dated: readonly RulesVersion[]) => rulesWith({}, undefined, dated)
const [first, second] = versions([50, population(40)]) as [RulesVersion, RulesVersion]
const before = judgedBy([first])
const after = judgedBy([first, second])

/** Lives as the shell does, by the rules that are known when each input comes. */
function liveLearning(inputs: readonly Input[], rulesAt: (place: number) => Rules) {
  let lived: { customer: Customer; transitions: Transition[] } = {
    customer: createCustomer('c1'),
    transitions: [],
  }
  const history: EventInput[] = []
  for (const [place, input] of inputs.entries()) {
    const rules = rulesAt(place)
    if (isOvertaken(lived.customer, rules)) lived = rebuild(lived.customer, history, rules)
    if (input.kind === 'event') history.push(input)
    const late = input.kind === 'event' && isLate(lived.customer, input, rules)
    const result = late ? rebuild(lived.customer, history, rules) : step(lived.customer, input, rules)
    const transitions = late ? result.transitions : [...lived.transitions, ...result.transitions]
    lived = { customer: result.customer, transitions }
  }
  return lived
}

describe('a version of the rules that becomes known after it has begun', () => {
  it('overtakes whom an event has moved meanwhile, and nobody else', () => {
    const moved = step(createCustomer('c1'), order(51, 'o1'), before).customer
    const waiting = step(createCustomer('c1'), order(49, 'o1'), before).customer
    const exact = step(createCustomer('c1'), order(50, 'o1'), before).customer
    expect([moved, waiting, exact].map((customer) => isOvertaken(customer, before))).toEqual([
      false,
      false,
      false,
    ])
    expect([moved, waiting, exact].map((customer) => isOvertaken(customer, after))).toEqual([
      true,
      false,
      true,
    ])
    expect(isOvertaken(createCustomer('c1'), after)).toBe(false)
  })

  it('judges the event by a rebuild', () => {
    const history = [order(0, 'o1'), order(51, 'o2')]
    const { transitions } = liveLearning([...history, wake(52), wake(200)], (place) =>
      place < 2 ? before : after,
    )
    expect(story(transitions, 'stage')).toEqual(
      story(rebuild(createCustomer('c1'), [...history], after).transitions, 'stage').concat([
        '115.125 active > atRisk (timer atRisk)',
        '132.225 atRisk > lapsed (timer lapsed)',
      ]),
    )
  })

  it('is still before who was told of something older, once it is valid', () => {
    const { customer } = step(createCustomer('c1'), order(49, 'o1'), after)
    expect(isBehind(customer, after, START + 50 * DAY - 1)).toBe(false)
    expect(isBehind(customer, after, START + 50 * DAY)).toBe(true)
    expect(isBehind(step(customer, visit(51), after).customer, after, START + 51 * DAY)).toBe(false)
    expect(isBehind(createCustomer('c1'), after, START + 51 * DAY)).toBe(false)
  })

  it(`leaves the same as if it had been known at once (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(arbitraryInputs, arbitraryVersions, fc.array(fc.nat(30)), (inputs, dated, learnt) => {
        const all = [...inputs, finish]
        // The n-th version after the first becomes known at a place of its own, in the order of the versions.
        const places = learnt.toSorted((one, other) => one - other)
        const rules = dated.map((_, index) => judgedBy(dated.slice(0, index + 1)))
        const rulesAt = (place: number) => {
          const known =
            place === all.length - 1 ? dated.length : 1 + places.filter((one) => one <= place).length
          return rules[Math.min(known, dated.length) - 1] as Rules
        }
        const lived = liveLearning(all, rulesAt)
        const replayed = rebuild(createCustomer('c1'), eventsOf(inputs), rules.at(-1) as Rules)
        const end = step(replayed.customer, finish, rules.at(-1) as Rules)
        const facts = ({ lifecycle, figures, rfm, prediction, segments }: Customer) => ({
          lifecycle,
          figures,
          rfm,
          prediction,
          segments,
        })
        expect(facts(lived.customer)).toEqual(facts(end.customer))
        expect(lived.transitions).toEqual([...replayed.transitions, ...end.transitions])
      }),
    )
  })
})
