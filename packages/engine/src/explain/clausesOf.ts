import type { Region } from '../lifecycle.ts'
import type { Formats } from './createFormats.ts'
import { limitClause } from './limitClause.ts'
import { numberIn, quotableText, wholeIn, type ReasonNumbers } from './reasonNumbers.ts'
import type { Sentences, Why } from './sentences.ts'

/** What is told of one state: why it was entered, the numbers of that moment, and those of now where it still lasts. */
export interface Told {
  state: string
  why: Why | undefined
  past: ReasonNumbers
  now?: ReasonNumbers
}

type Clause = string | undefined
type Teller = (told: Told, sentences: Sentences, formats: Formats) => Clause[]

const say = <Value>(value: Value | undefined, clause: (value: Value) => string): Clause =>
  value === undefined ? undefined : clause(value)

/** Two short ones that belong together, as far as there are both. */
const together = (...clauses: Clause[]): Clause =>
  clauses.filter((clause) => clause !== undefined).join(', ') || undefined

/** Days and the limit of a stage: side by side, unless why the limit is the default has to be told. */
function daysAndLimit(days: Clause, { state }: Told, numbers: ReasonNumbers, sentences: Sentences) {
  const limit = limitClause(sentences, numbers, state)
  return numbers['basis'] === 'cold-start' ? [days, limit] : [together(days, limit)]
}

const isSilence = (stage: string) => stage === 'atRisk' || stage === 'lapsed' || stage === 'lost'

const tellStage: Teller = (told, sentences) => {
  const { state, why, past, now } = told
  const said = say(why, (known) => sentences.whys[known])
  const orders = wholeIn(past, 'orders')
  const numbers = now ?? past
  const days = wholeIn(numbers, 'daysSinceLastOrder')
  const silence = say(days, sentences.withoutOrder)
  if (isSilence(state)) return [said, ...daysAndLimit(silence, told, numbers, sentences)]
  if (state === 'visitor' || state === 'prospect') return [said]
  const isLeft = why === 'ordersCorrected' && orders !== undefined && orders > 0
  const reason = isLeft ? sentences.ordersLeft(orders) : said
  // Of a transition that an order made, the last order is that one.
  if (!now) return [reason, isLeft || state === 'new' ? undefined : say(orders, sentences.ordersSoFar)]
  return [reason, ...daysAndLimit(say(days, sentences.sinceOrder), told, numbers, sentences)]
}

const tellValue: Teller = ({ why, past, now }, { whys, spent, vipLine }, { money }) => {
  const numbers = now ?? past
  const { currency, lineFrom } = numbers
  const drawn = lineFrom === 'settings' || lineFrom === 'distribution' ? vipLine[lineFrom] : vipLine.plain
  return [
    say(why, (known) => whys[known]),
    together(
      say(money(numberIn(numbers, 'spend'), currency), spent),
      say(money(wholeIn(numbers, 'vipLine'), currency), drawn),
    ),
  ]
}

const tellEngagement: Teller = ({ state, why, past, now }, sentences) => {
  const numbers = now ?? past
  const days = wholeIn(numbers, 'daysSinceEngaged')
  const received = wholeIn(numbers, 'received')
  const said = say(why, (known) => sentences.whys[known])
  if (state === 'warm') return now ? [said, say(days, sentences.sinceEngaged)] : [said]
  // The days of silence say what 'for a while' and 'let them pass' would.
  const isCounted = days !== undefined && (why === 'silent' || why === 'mailsIgnored')
  const needed = wholeIn(numbers, 'coldAfterMails')
  const isTooFew = state === 'unknown' && received !== undefined && needed !== undefined && received < needed
  return [
    isCounted ? undefined : said,
    together(
      say(days, sentences.withoutSign),
      days === undefined ? undefined : say(received, sentences.mailsSince),
    ),
    isTooFew && days !== undefined ? sentences.mailsNeeded(needed) : undefined,
  ]
}

const tellPermission: Teller = ({ state, why, past }, { whys, method }) => [
  together(
    say(why, (known) => whys[known]),
    state === 'pending' ? say(quotableText(past['method']), method) : undefined,
  ),
]

const tellAdvocacy: Teller = ({ why, past }, { whys, score, rating }, { number }) => [
  together(
    say(why, (known) => whys[known]),
    say(numberIn(past, 'score'), (value) => score(number(value))),
    say(numberIn(past, 'rating'), (value) => rating(number(value))),
  ),
]

const tellRfm: Teller = ({ why, past, now }, { whys, rfmScores }) => {
  const [, recency, frequency, monetary] =
    /^([123])([123])([123])$/.exec(String((now ?? past)['scores'])) ?? []
  return [
    say(why, (known) => whys[known]),
    recency && frequency && monetary ? rfmScores(recency, frequency, monetary) : undefined,
  ]
}

const tellSegment: Teller = ({ why, past }, { whys, counted }, { number }) => {
  const event = quotableText(past['event'])
  const [count, needed] = [wholeIn(past, 'count'), wholeIn(past, 'atLeast')]
  const isTold = event !== undefined && count !== undefined && needed !== undefined
  return [
    say(why, (known) => whys[known]),
    isTold ? counted(event, number(count), number(needed)) : undefined,
  ]
}

const TELLERS: Record<Region | 'rfm' | 'segment', Teller> = {
  stage: tellStage,
  value: tellValue,
  engagement: tellEngagement,
  permission: tellPermission,
  advocacy: tellAdvocacy,
  rfm: tellRfm,
  segment: tellSegment,
}

/** What there is to say of a state, one clause a thing. */
export function clausesOf(
  kind: keyof typeof TELLERS,
  told: Told,
  sentences: Sentences,
  formats: Formats,
): string[] {
  return TELLERS[kind](told, sentences, formats).filter((clause) => clause !== undefined)
}
