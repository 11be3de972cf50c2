import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { isCartEvent } from '../interpret.ts'
import { journeysBehind } from '../ownEvent.ts'
import { DAY, HOUR } from '../settings.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { runOf } from './mayEnter.ts'
import { lastOfKey, pastOf } from './pastRuns.ts'
import { cartOf } from './runKey.ts'

/** Things that a browser may begin a run about in a day, and how soon again about the same where no cap holds it. */
const FROM_BROWSERS = { things: 20, again: HOUR }

/** Whether a browser has told of too much: each run may send order mail, which no cap holds back. */
function isFlooded(
  { definition: { id }, isMarketing }: CompiledJourney,
  key: string | null,
  { source, at }: EventInput,
  customer: Customer,
): boolean {
  if (source !== 'public') return false
  const runs = pastOf(customer.past, id)
  const begun = Object.values(runs?.keys ?? {}).filter(([startedAt]) => startedAt > at - DAY)
  if (begun.length >= FROM_BROWSERS.things) return true
  const last = key === null ? runs?.lastStartedAt : lastOfKey(runs?.keys, key)?.[0]
  return !isMarketing && last !== undefined && last > at - FROM_BROWSERS.again
}

/**
 * Whether a run of the journey has brought an event about, or has led to those that did: each would begin the next one,
 * for ever. Where it is a state that a journey waits for, customers may go back and forth.
 */
function comesOfItself({ definition: { id, trigger } }: CompiledJourney, input: EventInput): boolean {
  const journeys = input.source === 'own' ? journeysBehind(input.id) : []
  return trigger.kind === 'event' ? journeys.includes(id) : journeys[0] === id
}

/** Whether an event is no good reason to begin: of the journey's own making, of a cart that is not there, or one too many. */
export function mayNotStart(
  compiled: CompiledJourney,
  key: string | null,
  input: EventInput,
  customer: Customer,
): boolean {
  if (comesOfItself(compiled, input)) return true
  const { id, key: by } = compiled.definition
  if (by === undefined || runOf(customer, id, key)) return false
  const isOfCart = by === 'cart' || by === 'checkout'
  const lacksCart = key === null || (isCartEvent(input) && cartOf(by, key, customer) === undefined)
  return (isOfCart && lacksCart) || isFlooded(compiled, key, input, customer)
}
