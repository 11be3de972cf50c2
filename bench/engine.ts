import {
  compileRules,
  createCustomer,
  rebuild,
  SettingsSchema,
  step,
  type Customer,
  type EventInput,
} from '@ciclo/engine'
import { loadShippedJourneys } from '@ciclo/journeys'
import { transition, type AnyMachineSnapshot } from 'xstate'
import { lifecycle, type LifecycleEvent } from '../packages/engine/src/lifecycle.ts'
import { frameAt } from '../packages/engine/src/rules.ts'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { measureReplay } from './support/measureReplay.ts'
import { measureSegments } from './support/measureSegments.ts'
import { median } from './support/statistics.ts'

/** V8 takes some 20,000 runs to make XState as fast as it gets. */
const WARM_UP_ROUNDS = 10
const ROUNDS = 15
const EVENTS_PER_ROUND = 2_000
const HISTORY_EVENTS = 20_000
const HISTORY_ROUNDS = 5
const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)

const rules = compileRules({
  version: 1,
  settings: SettingsSchema.parse({}),
  journeys: loadShippedJourneys().map((definition) => ({ definition, version: 1, status: 'live' as const })),
})

let count = 0

function eventInput(hour: number, event: Partial<EventInput['event']>): EventInput {
  count += 1
  const at = START + hour * HOUR
  return {
    kind: 'event',
    id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    at,
    receivedAt: at,
    source: 'secret',
    event: { type: 'track', properties: {}, traits: {}, context: {}, userId: 'u1', ...event },
  }
}

const orderInput = (hour: number, orderId: string) =>
  eventInput(hour, { name: 'Order Completed', properties: { order_id: orderId, total: 29.97 } })

/** Microseconds that one of `EVENTS_PER_ROUND` runs of it takes. */
function timed(run: (position: number) => unknown): number {
  const started = performance.now()
  for (let position = 0; position < EVENTS_PER_ROUND; position += 1) run(position)
  return ((performance.now() - started) * 1_000) / EVENTS_PER_ROUND
}

/** Both in turns, so that whatever disturbs the machine disturbs both. */
function compare(subject: (position: number) => unknown, baseline: (position: number) => unknown) {
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () => ({
    baseline: timed(baseline),
    subject: timed(subject),
  })).slice(WARM_UP_ROUNDS)
  return {
    value: median(rounds.map((round) => round.subject)),
    baseline: median(rounds.map((round) => round.baseline)),
    ratio: median(rounds.map((round) => round.subject / round.baseline)),
  }
}

/** A customer with a first order, as it comes from the store: nothing of XState's is kept between two events. */
const storedBuyer = (): Customer =>
  JSON.parse(JSON.stringify(step(createCustomer('c1'), orderInput(0, 'o1'), rules).customer)) as Customer

const snapshotOf = ({ lifecycle: { value, context } }: Customer): AnyMachineSnapshot =>
  lifecycle.resolveState({ value, context })

/** One customer's life: page views of every few hours, an order now and then. */
const history = Array.from({ length: HISTORY_EVENTS }, (_, position) =>
  position % 20 === 0
    ? orderInput(position * 3, `o${position}`)
    : eventInput(position * 3, { type: 'page', anonymousId: 'a1' }),
)

/**
 * `step` against bare XState: the same machine in the same state, given what the event means to it, without restoring
 * it, keeping timers or giving reasons.
 */
export default function measureEngine(report: (line: BenchLine) => void): Promise<void> {
  const buyers = Array.from({ length: EVENTS_PER_ROUND }, storedBuyer)
  const snapshots = buyers.map(snapshotOf)
  const snapshotAt = (position: number) => snapshots[position] as AnyMachineSnapshot
  const buyerAt = (position: number) => buyers[position] as Customer

  const noise = eventInput(1, { name: 'Something Else' })
  const ignored = compare(
    (position) => step(buyerAt(position), noise, rules),
    (position) =>
      transition(lifecycle, snapshotAt(position), {
        type: 'noise',
        ...frameAt(noise.at, buyerAt(position), rules),
      } as never),
  )
  report({ name: 'engine.step.ignored.baseline', value: ignored.baseline, unit: 'us' })
  report({ name: 'engine.step.ignored', value: ignored.value, unit: 'us', ratio: ignored.ratio })

  const order = orderInput(1, 'o2')
  const ordered: LifecycleEvent = {
    type: 'ordered',
    orders: 2,
    lastOrderAt: order.at,
    spend: 5_994,
    reachable: false,
    ...frameAt(order.at, buyerAt(0), rules),
  }
  const moved = compare(
    (position) => step(buyerAt(position), order, rules),
    (position) => transition(lifecycle, snapshotAt(position), ordered),
  )
  report({ name: 'engine.step.transition.baseline', value: moved.baseline, unit: 'us' })
  report({ name: 'engine.step.transition', value: moved.value, unit: 'us', ratio: moved.ratio })

  const rebuilds = Array.from({ length: HISTORY_ROUNDS + 1 }, () => {
    const started = performance.now()
    rebuild(createCustomer('c1'), history, rules)
    return (HISTORY_EVENTS * 1_000) / (performance.now() - started)
  }).slice(1)
  report({ name: 'engine.rebuild', value: median(rebuilds), unit: 'events/s' })
  measureSegments(report, compare)
  measureReplay(report)
  return Promise.resolve()
}
