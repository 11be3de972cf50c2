import { compileRules, replay, SettingsSchema, type EventInput } from '@ciclo/engine'
import type { BenchLine } from '../../scripts/support/benchGroups.ts'
import { heapInUse } from './heapInUse.ts'

const CUSTOMERS = 50_000
const HOUR = 3_600_000
const START = Date.UTC(2025, 0, 1)

const rules = compileRules({ version: 1, settings: SettingsSchema.parse({}) })

/** What a customer's event is by its place: a sign-up, three visits of some pages each, mails, two orders, and more. */
const LIFE =
  'signup view view view order mail view view view view mail other view view view order mail view other mail'
const KINDS = LIFE.split(' ')
const EVENTS_EACH = KINDS.length
const MINUTE = 60_000
/** The pages of one visit follow each other within minutes, everything else within weeks. */
const GAPS = KINDS.map((kind, position) =>
  kind === 'view' && KINDS[position - 1] === 'view' ? 3 * MINUTE : 251 * HOUR,
)

function eventOf(kind: string, customer: number, id: string): EventInput['event'] {
  const bare = { properties: {}, traits: {}, context: {} }
  const server = { ...bare, userId: `u${customer}` }
  switch (kind) {
    case 'signup':
      return { ...server, type: 'identify', traits: { email: `c${customer}@example.com` } }
    case 'order':
      return {
        ...server,
        type: 'track',
        name: 'Order Completed',
        properties: { order_id: id, total: 29.97, currency: 'USD' },
      }
    case 'mail':
      return { ...bare, type: 'track', name: 'Email Sent', properties: { purpose: 'marketing' } }
    case 'view':
      return { ...bare, type: 'page', name: 'Product', anonymousId: `a${customer}` }
    default:
      return { ...server, type: 'track', name: 'Points Collected' }
  }
}

const SOURCES: Record<string, EventInput['source']> = { mail: 'own', view: 'public' }

function historyOf(customer: number): EventInput[] {
  let at = START + (customer % 8_760) * HOUR
  return KINDS.map((kind, position) => {
    at += GAPS[position] as number
    const id = `${customer}-${position}`
    const event = eventOf(kind, customer, id)
    return { kind: 'event', id, at, receivedAt: at, source: SOURCES[kind] ?? 'secret', event }
  })
}

/** A whole shop's past, one customer after the other: how fast, and whether anything of it stays in memory. */
export function measureReplay(report: (line: BenchLine) => void): void {
  const until = START + 20_000 * HOUR
  let transitions = 0
  let peakOfFirstHalf = 0
  let peak = 0
  const started = performance.now()
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    transitions += replay(`c${customer}`, historyOf(customer), rules, until).transitions.length
    if (customer % 2_500 !== 2_499) continue
    const used = heapInUse()
    if (customer < CUSTOMERS / 2) peakOfFirstHalf = Math.max(peakOfFirstHalf, used)
    peak = Math.max(peak, used)
  }
  const seconds = (performance.now() - started) / 1_000
  if (transitions < CUSTOMERS) throw new Error(`The replay made only ${transitions} transitions`)
  report({ name: 'engine.replay', value: (CUSTOMERS * EVENTS_EACH) / seconds, unit: 'events/s' })
  report({
    name: 'engine.replay.memory',
    value: peak / 1_048_576,
    unit: 'MB',
    ratio: peak / peakOfFirstHalf,
  })
}
