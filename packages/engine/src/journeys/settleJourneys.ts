import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { triggerKey } from '../rules.ts'
import { causeIdOf, type Fold, type StepResult } from '../stepResult.ts'
import type { Cause } from '../transitionReason.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { areDatesOpen, armDates } from './dateTimers.ts'
import { enrol } from './enrol.ts'
import { matchEvent, questionKey } from './matchEvent.ts'
import { mayNotStart } from './mayNotStart.ts'
import { carryOutRequest } from './requests.ts'
import { NO_FACTS, runFactsOf } from './runFacts.ts'
import { startKeyOf } from './startKey.ts'
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
  if (fold.isNews(cause)) watchRuns(result, before, input, at, fold)
  else if (input) watchPast(result, before, input, at, fold)
  if (startsJourneys) {
    const started = [...startedByTransitions(fold), ...(input ? startedByEvent(input, fold) : [])]
    const facts = started.length > 0 ? runFactsOf(input, rules.settings) : NO_FACTS
    for (const compiled of new Set(started)) {
      const key = startKeyOf(compiled, input, before, result.customer)
      if (input && mayNotStart(compiled, key, input, result.customer)) continue
      enrol(result, { compiled, causeId: causeIdOf(cause), key, facts, moment: { at, receivedAt } }, fold)
    }
    if (input) carryOutRequest(result, input, fold)
  }
  fold.starts.length = 0
  if (areDatesOpen(before, result.customer, rules)) result.customer = armDates(result.customer, at, rules)
}
