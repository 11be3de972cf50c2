import {
  compileRules,
  createCustomer,
  SegmentRuleSchema,
  SettingsSchema,
  step,
  type Customer,
  type EventInput,
  type Rules,
  type SegmentDefinition,
} from '@ciclo/engine'
import { applySegments } from '../../packages/engine/src/segments/applySegments.ts'
import type { BenchLine } from '../../scripts/support/benchGroups.ts'

const NAMES = 40
/** So many fit in the processor's cache, where a state is that has just been read. */
const CUSTOMERS = 50
/** Of each name, all of them within the last weeks: most windows are open. */
const EVENTS_OF_EACH = 6
const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1)

type Compare = (
  subject: (position: number) => unknown,
  baseline: (position: number) => unknown,
) => { value: number; baseline: number; ratio: number }

const above = { path: ['total'], condition: { operator: 'above', value: 20 } }

/** What shops ask of one event: ever, often, of late, of late with a property, and not any more. */
const rulesAbout = (name: string): unknown[] => [
  { kind: 'event', name },
  { kind: 'event', name, atLeast: 3, within: 7 * DAY },
  { kind: 'event', name, within: 30 * DAY, where: [above] },
  {
    kind: 'and',
    rules: [
      { kind: 'event', name, within: 30 * DAY },
      { kind: 'lifecycle', region: 'engagement', states: ['warm', 'unknown'] },
    ],
  },
  {
    kind: 'and',
    rules: [
      { kind: 'event', name, atLeast: 2 },
      { kind: 'not', rule: { kind: 'event', name, within: DAY } },
    ],
  },
]

const nameOf = (position: number) => `Event ${position}`

const segmentsAbout = (names: number): SegmentDefinition[] =>
  Array.from({ length: names }, (_, position) => rulesAbout(nameOf(position)))
    .flat()
    .map((rule, position) => ({
      id: `segment-${position}`,
      rule: SegmentRuleSchema.parse(rule),
      isLive: true,
    }))

const rulesWith = (segments: readonly SegmentDefinition[]) =>
  compileRules({ version: 1, settings: SettingsSchema.parse({}), segments })

function eventInput(position: number, hour: number): EventInput {
  const at = START + hour * HOUR
  const properties = { total: hour % 40 }
  return {
    kind: 'event',
    id: `event-${hour}`,
    at,
    receivedAt: at,
    source: 'secret',
    event: { type: 'track', name: nameOf(position), properties, traits: {}, context: {}, userId: 'u1' },
  }
}

const EVENTS = NAMES * EVENTS_OF_EACH

/** Customers as they come from the store, to whom all these events have happened under these rules. */
function storedCustomers(rules: Rules): Customer[] {
  let customer = createCustomer('c1')
  for (let hour = 0; hour < EVENTS; hour += 1)
    customer = step(customer, eventInput(hour % NAMES, hour), rules).customer
  customer = step(customer, eventInput(0, EVENTS - 1 + 1 / 60), rules).customer
  const state = JSON.stringify(customer)
  return Array.from({ length: CUSTOMERS }, () => JSON.parse(state) as Customer)
}

interface Kept {
  any: readonly number[]
  rich: readonly number[]
}

/** The same five rules by hand, over times kept by the event's name, without index, timers or changes to be told. */
function byHand(kept: Readonly<Record<string, Kept>>, { at, event }: EventInput): unknown {
  const name = event.name ?? ''
  const before = kept[name]
  const any = [...(before?.any ?? []), at].slice(-3)
  const rich = (event.properties['total'] as number) > 20 ? [at] : (before?.rich ?? [])
  const within = (times: readonly number[], atLeast: number, window: number) =>
    (times.at(-atLeast) ?? -Infinity) > at - window
  const answers = [
    any.length > 0,
    within(any, 3, 7 * DAY),
    within(rich, 1, 30 * DAY),
    within(any, 1, 30 * DAY),
    any.length > 1 && !within(any, 1, DAY),
  ]
  return { kept: { ...kept, [name]: { any, rich } }, answers }
}

/**
 * What 200 segments over 40 event names cost at an event that five of them count, for customers to whom all of it has
 * happened: beside the cost of those five alone, and those beside the least that counting them by hand costs.
 */
export function measureSegments(report: (line: BenchLine) => void, compare: Compare): void {
  const many = rulesWith(segmentsAbout(NAMES))
  const few = rulesWith(segmentsAbout(1))
  const manyCustomers = storedCustomers(many)
  const fewCustomers = storedCustomers(few)
  // Soon enough after the last of them that no window has run out since.
  const event = eventInput(0, EVENTS - 1 + 2 / 60)
  const other = { ...event, event: { ...event.event, name: 'Something Else' } }
  const customerAt = (customers: readonly Customer[], position: number) =>
    customers[position % CUSTOMERS] as Customer
  const apply = (rules: Rules, customers: readonly Customer[], input: EventInput) => (position: number) => {
    const customer = customerAt(customers, position)
    return applySegments(customer, customer, input, input.at, rules.segments)
  }
  const live = (rules: Rules, customers: readonly Customer[], input: EventInput) => (position: number) =>
    step(customerAt(customers, position), input, rules)

  const times = [START, START + DAY, START + 2 * DAY]
  const plain = Array.from({ length: CUSTOMERS }, () => ({ [nameOf(0)]: { any: times, rich: [START] } }))
  const five = compare(apply(few, fewCustomers, event), (position) =>
    byHand(plain[position % CUSTOMERS] ?? {}, event),
  )
  report({ name: 'engine.segments.baseline', value: five.baseline, unit: 'us' })
  report({ name: 'engine.segments.five', value: five.value, unit: 'us', ratio: five.ratio })
  const all = compare(apply(many, manyCustomers, event), apply(few, fewCustomers, event))
  report({ name: 'engine.segments.200', value: all.value, unit: 'us', ratio: all.ratio })
  const stepped = compare(live(many, manyCustomers, event), live(few, fewCustomers, event))
  report({ name: 'engine.segments.step', value: stepped.value, unit: 'us', ratio: stepped.ratio })
  const ignored = compare(live(many, manyCustomers, other), live(few, fewCustomers, other))
  report({ name: 'engine.segments.ignored', value: ignored.value, unit: 'us', ratio: ignored.ratio })
}
