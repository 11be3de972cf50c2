import {
  compileJourney,
  compileRules,
  createCustomer,
  JourneySchema,
  SettingsSchema,
  step,
  type Customer,
} from '@ciclo/engine'
import { transition, type AnyMachineSnapshot } from 'xstate'
import { perSecond, type Report } from './inTurns.ts'
import { median } from './statistics.ts'

const STEPS = 60
const COMPILATIONS = 100
const ROUNDS = 15
const WARM_UP_ROUNDS = 5
/** Each a wake that moves one run from a delay to the next. */
const RUNS_PER_ROUND = 2_000
const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)

const LONG = JourneySchema.parse({
  id: 'long',
  name: 'Long',
  trigger: { kind: 'event', name: 'Waiting Started' },
  reentry: { kind: 'never' },
  steps: Array.from({ length: STEPS }, (_, place) => ({ kind: 'delay', id: `day-${place}`, duration: '1d' })),
})

const rules = compileRules({
  version: 1,
  settings: SettingsSchema.parse({}),
  journeys: [{ definition: LONG, version: 1, status: 'live' }],
})

/** A customer with a run at the first delay, as it comes from the store. */
function waitingCustomer(): Customer {
  const event = {
    type: 'track' as const,
    name: 'Waiting Started',
    userId: 'u1',
    properties: {},
    traits: {},
    context: {},
  }
  const input = {
    kind: 'event' as const,
    id: 'e1',
    at: START,
    receivedAt: START,
    source: 'secret' as const,
    event,
  }
  return JSON.parse(JSON.stringify(step(createCustomer('c1'), input, rules).customer)) as Customer
}

const timed = (work: () => void) => {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** What a journey costs: to compile one of 60 steps, and to move a run, against bare XState moving the same machine. */
export function measureJourney(report: Report): void {
  const compilations = Array.from({ length: COMPILATIONS }, () => timed(() => compileJourney(LONG, 1)))
  report({ name: 'journeys.compile', value: median(compilations.slice(COMPILATIONS / 2)), unit: 'ms' })

  const customers = Array.from({ length: RUNS_PER_ROUND }, waitingCustomer)
  const { machine } = compileJourney(LONG, 1)
  const at = START + DAY
  const wake = { kind: 'wake', at, receivedAt: at } as const
  const [run] = Object.values(customers[0]?.enrolments ?? {})
  const [timer] = Object.keys(customers[0]?.timers ?? {}).filter((key) => key.startsWith(`${run?.id}|`))
  if (!run || timer === undefined) throw new Error('The pattern has no run that waits')
  const type = timer.slice(run.id.length + 1)
  const [moved] = Object.values(step(customers[0] as Customer, wake, rules).customer.enrolments)
  if (moved?.value !== 'day-1') throw new Error(`The run is at ${moved?.value}, expected it at day-1`)
  const snapshots = customers.map(
    () => machine.resolveState({ value: run.value, context: {} }) as AnyMachineSnapshot,
  )
  const frame = { at, customer: customers[0], settings: rules.settings }
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () => ({
    baseline: timed(() => {
      for (const snapshot of snapshots) transition(machine, snapshot, { type, frame })
    }),
    subject: timed(() => {
      for (const customer of customers) step(customer, wake, rules)
    }),
  })).slice(WARM_UP_ROUNDS)
  const rateOf = (milliseconds: number[]) => perSecond(RUNS_PER_ROUND, median(milliseconds))
  report({
    name: 'journeys.transitions.baseline',
    value: rateOf(rounds.map(({ baseline }) => baseline)),
    unit: 'transitions/s',
  })
  report({
    name: 'journeys.transitions',
    value: rateOf(rounds.map(({ subject }) => subject)),
    unit: 'transitions/s',
    ratio: median(rounds.map(({ baseline, subject }) => baseline / subject)),
  })
}
