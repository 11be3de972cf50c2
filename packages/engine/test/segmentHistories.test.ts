import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  isLate,
  rebuild,
  step,
  type Customer,
  type EventInput,
  type Input,
  type Rules,
  SegmentRuleSchema,
  type SegmentRule,
} from '../src/index.ts'
import { arbitraryRule } from './support/arbitraryRules.ts'
import { arbitraryInputs, check, eventsOf, runs, seed } from './support/histories.ts'
import { DAY, eventInput, rules as withoutSegments, START, wake } from './support/inputs.ts'
import { naiveSegment } from './support/naiveSegment.ts'

const rulesOf = (segments: readonly SegmentRule[]): Rules =>
  compileRules({
    version: 1,
    settings: withoutSegments.settings,
    segments: segments.map((rule, index) => ({ id: `s${index}`, rule, isLive: true })),
  })

const until = (at: number) => ({ kind: 'wake', at, receivedAt: at }) as const

/** Lives through inputs as they arrive, and shows the customer after each, woken at the latest instant so far. */
function liveThrough(
  inputs: readonly Input[],
  rules: Rules,
  look: (customer: Customer, now: number) => void,
) {
  let customer = createCustomer('c1')
  let now = START
  const history: EventInput[] = []
  for (const input of inputs) {
    if (input.kind === 'event') history.push(input)
    const late = input.kind === 'event' && isLate(customer, input, rules)
    customer = (late ? rebuild(customer, history, rules) : step(customer, input, rules)).customer
    now = Math.max(now, input.at)
    look(step(customer, until(now), rules).customer, now)
  }
}

const arbitraryLife = fc.record({
  segments: fc.array(arbitraryRule, { minLength: 1, maxLength: 6 }),
  inputs: arbitraryInputs,
})

/** Events that move nobody, so that they are never late: each is counted at its place, whenever it is told. */
const arbitraryTalk = fc.array(
  fc
    .record({
      quarter: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom('Liked', 'Something Else', 'wake'),
      total: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ quarter, kind, total }): Input => {
      if (kind === 'wake') return wake(quarter / 4)
      return eventInput({ day: quarter / 4, name: kind, properties: { total }, anonymousId: 'a1' })
    }),
  { maxLength: 25 },
)

const arbitraryCount = fc
  .record({
    name: fc.option(fc.constantFrom('Liked', 'Something Else'), { nil: undefined }),
    atLeast: fc.integer({ min: 1, max: 5 }),
    within: fc.constantFrom(null, DAY / 4, DAY, 2 * DAY, 5 * DAY),
    total: fc.option(fc.integer({ min: 1, max: 3 })),
  })
  .map(({ total, ...rest }) => {
    const where =
      total === null ? [] : [{ path: ['total'], condition: { operator: 'atLeast', value: total } }]
    return SegmentRuleSchema.parse({ kind: 'event', ...rest, where })
  })

const arbitraryCounts = fc.record({
  segments: fc.array(
    fc
      .tuple(arbitraryCount, arbitraryCount)
      .map(([one, other]): SegmentRule => ({ kind: 'and', rules: [one, { kind: 'not', rule: other }] })),
    { minLength: 1, maxLength: 8 },
  ),
  inputs: arbitraryTalk,
})

/** Which segments a customer is in after each input: as its state says, and as all its events so far give. */
function membersThrough({
  segments,
  inputs,
}: {
  segments: readonly SegmentRule[]
  inputs: readonly Input[]
}) {
  const kept: string[][] = []
  const given: string[][] = []
  liveThrough(inputs, rulesOf(segments), (customer, now) => {
    kept.push(Object.keys(customer.segments).toSorted())
    const events = eventsOf(inputs.slice(0, kept.length))
    given.push(
      segments.flatMap((rule, index) =>
        events.length > 0 && naiveSegment(rule, customer, events, now) ? [`s${index}`] : [],
      ),
    )
  })
  return { kept, given }
}

describe(`segments kept step by step (seed ${seed}, ${runs} runs)`, () => {
  it('are those that all events give, at every instant, in whatever order the events arrive', () => {
    check(
      fc.property(arbitraryLife, (life) => {
        const { kept, given } = membersThrough(life)
        expect(kept).toEqual(given)
      }),
    )
  })

  it('count each event at its place, although it is told after later ones', () => {
    check(
      fc.property(arbitraryCounts, (life) => {
        const { kept, given } = membersThrough(life)
        expect(kept).toEqual(given)
      }),
    )
  })

  it('are never entered or left twice in a row, and no timer of theirs is in the past', () => {
    check(
      fc.property(arbitraryLife, ({ segments, inputs }) => {
        const rules = rulesOf(segments)
        let customer = createCustomer('c1')
        const inside = new Set<string>()
        for (const input of inputs.toSorted((one, other) => one.at - other.at)) {
          const result = step(customer, input, rules)
          customer = result.customer
          for (const { region, from, to } of result.transitions) {
            if (!region.startsWith('segment:')) continue
            expect(from).toBe(inside.has(region) ? 'in' : 'out')
            expect(to).not.toBe(from)
            if (to === 'in') inside.add(region)
            else inside.delete(region)
          }
          for (const dueAt of Object.values(customer.timers)) expect(dueAt).toBeGreaterThan(input.at)
        }
        const kept = Object.keys(customer.segments).map((id) => `segment:${id}`)
        expect(kept.toSorted()).toEqual([...inside].toSorted())
      }),
    )
  })

  it('are the same whether time passes in one leap or with a wake at each timer', () => {
    check(
      fc.property(arbitraryLife, ({ segments, inputs }) => {
        const rules = rulesOf(segments)
        const inOrder = inputs.toSorted((one, other) => one.at - other.at)
        let patient = createCustomer('c1')
        let woken = patient
        for (const input of inOrder) {
          patient = step(patient, input, rules).customer
          for (let due = Math.min(...Object.values(woken.timers)); due <= input.at;) {
            woken = step(woken, until(due), rules).customer
            due = Math.min(...Object.values(woken.timers))
          }
          woken = step(woken, input, rules).customer
        }
        expect(woken).toEqual(patient)
      }),
    )
  })
})
