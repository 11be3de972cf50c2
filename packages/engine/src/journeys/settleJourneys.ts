import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { isCartEvent } from '../interpret.ts'
import { triggerKey } from '../rules.ts'
import { DAY, HOUR } from '../settings.ts'
import { causeIdOf, type Fold, type StepResult } from '../stepResult.ts'
import type { Cause } from '../transitionReason.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { areDatesOpen, armDates } from './dateTimers.ts'
import { enrol } from './enrol.ts'
import { matchEvent, questionKey } from './matchEvent.ts'
import { runOf } from './mayEnter.ts'
import { carryOutRequest } from './requests.ts'
import { NO_FACTS, runFactsOf } from './runFacts.ts'
import { cartOf, runKeyOf } from './runKey.ts'
import { runningOf } from './runningOf.ts'
import { watchPast, watchRuns } from './watchRuns.ts'

/** The journeys that wait for such an event. */
function startedByEvent(input: EventInput, { rules }: Fold): CompiledJourney[] {
  const { type, name } = input.event
  const named = name === undefined ? [] : (rules.byEvent.get(questionKey(type, name)) ?? [])
  const any = rules.byEvent.get(type) ?? []
  return [...named, ...any].filter(
    ({ definition: { trigger } }) => trigger.kind === 'event' && matchEvent(trigger, input),
  )
}

function startedByTransitions({ rules, starts }: Fold): CompiledJourney[] {
  return starts.flatMap(({ region, from, to }) =>
    [`>${to}`, `${from}>`, `${from}>${to}`].flatMap(
      (change) => rules.byTrigger.get(triggerKey(region, change)) ?? [],
    ),
  )
}

/** What a run would be about: of a cart, its run that is under way may know it by the other of its two names. */
function keyOf(
  { definition: { id, key: by } }: CompiledJourney,
  input: EventInput | null,
  before: Customer,
  after: Customer,
): string | null {
  if (by === undefined) return null
  const key = runKeyOf(by, input, before, after)
  const cart = cartOf(by, key, after)
  const running =
    cart && runningOf(after).find((run) => run.journeyId === id && cartOf(by, run.key, after) === cart)
  return running ? running.key : key
}

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
  const runs = Object.hasOwn(customer.past, id) ? customer.past[id] : undefined
  const keys = Object.entries(runs?.keys ?? {})
  if (keys.filter(([, [startedAt]]) => startedAt > at - DAY).length >= FROM_BROWSERS.things) return true
  const last = key === null ? runs?.lastStartedAt : keys.find(([name]) => name === key)?.[1][0]
  return !isMarketing && last !== undefined && last > at - FROM_BROWSERS.again
}

/** Whether an event is no good reason to begin: of a cart that is not there, or one too many. */
function mayNotStart(
  compiled: CompiledJourney,
  key: string | null,
  input: EventInput,
  customer: Customer,
): boolean {
  const { id, key: by } = compiled.definition
  if (by === undefined || runOf(customer, id, key)) return false
  const isOfCart = by === 'cart' || by === 'checkout'
  const lacksCart = key === null || (isCartEvent(input) && cartOf(by, key, customer) === undefined)
  return (isOfCart && lacksCart) || isFlooded(compiled, key, input, customer)
}

/**
 * What something that has happened means to journeys: first to the runs under way, then to what it starts, then to the
 * dates that are known of the customer.
 *
 * @param before the customer before it happened
 * @param input the event, or null where time or the rules did it
 * @param startsJourneys false for what is past: it starts nothing
 */
export function settleJourneys(
  result: StepResult,
  before: Customer,
  input: EventInput | null,
  at: number,
  cause: Cause,
  startsJourneys: boolean,
  fold: Fold,
): void {
  const { rules, receivedAt } = fold
  if (fold.startsJourneys(cause)) watchRuns(result, before, input, at, fold)
  else if (input) watchPast(result, before, input, at, fold)
  if (startsJourneys) {
    const started = [...startedByTransitions(fold), ...(input ? startedByEvent(input, fold) : [])]
    const facts = started.length > 0 ? runFactsOf(input, rules.settings) : NO_FACTS
    for (const compiled of new Set(started)) {
      const key = keyOf(compiled, input, before, result.customer)
      if (input && mayNotStart(compiled, key, input, result.customer)) continue
      enrol(result, { compiled, causeId: causeIdOf(cause), key, facts, moment: { at, receivedAt } }, fold)
    }
    if (input) carryOutRequest(result, input, fold)
  }
  fold.starts.length = 0
  if (areDatesOpen(before, result.customer, rules)) result.customer = armDates(result.customer, at, rules)
}
