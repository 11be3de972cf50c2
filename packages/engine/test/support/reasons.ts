import { createExplainer } from '../../src/explain/createExplainer.ts'
import type { NextState } from '../../src/explain/nextStates.ts'
import type { ReasonNumbers } from '../../src/explain/reasonNumbers.ts'
import type { StateReason } from '../../src/explain/reasonsOf.ts'
import { SENTENCE_LOCALES, sentenceLanguageOf } from '../../src/explain/sentenceLocale.ts'
import type { Cause, Transition } from '../../src/transitionReason.ts'
import { DAY, rules } from './inputs.ts'

/** The moment at which reasons are told: a Wednesday of May. */
export const NOW = Date.UTC(2026, 4, 6, 12)
/** A 3rd of May. */
const SINCE = Date.UTC(2026, 4, 3, 12)

/** A cause in a word: `timer`, `rules`, or the name of an event. */
export function causeOf(word: string): Cause {
  if (word === 'timer') return { kind: 'timer', id: 'a-timer', dueAt: SINCE }
  return word === 'rules'
    ? { kind: 'rules', id: '7', from: SINCE }
    : { kind: 'event', id: 'an-event', name: word }
}

export function explainerIn(
  tag: string,
  more: Partial<Parameters<typeof createExplainer>[0]> = {},
): ReturnType<typeof createExplainer> {
  const language = sentenceLanguageOf(tag)
  if (!language) throw new RangeError(`${tag}: expected one of ${SENTENCE_LOCALES.join(', ')}`)
  return createExplainer({ language, timeZone: 'UTC', now: NOW, rules, ...more })
}

/** `from > to`, and only `to` where nobody has ever moved. */
const ends = (move: string) => {
  const [from = '', to] = move.split(' > ')
  return to === undefined ? { from: null, to: from } : { from, to }
}

export interface Facts {
  /** The numbers at the transition. */
  past?: ReasonNumbers
  now?: ReasonNumbers
  next?: NextState
}

export function reason(region: string, move: string, cause: string | null, facts: Facts = {}): StateReason {
  const { from, to } = ends(move)
  return {
    region: region as StateReason['region'],
    state: to,
    since: from === null ? null : SINCE,
    from,
    cause: cause === null ? null : causeOf(cause),
    numbers: facts.past ?? {},
    now: facts.now ?? facts.past ?? {},
    next: facts.next ?? null,
  }
}

export function moved(
  region: string,
  move: string,
  cause: string,
  numbers: ReasonNumbers = {},
  next?: { timer: string; dueAt: number },
): Transition {
  const { from, to } = ends(move)
  return {
    at: SINCE,
    region: region as Transition['region'],
    from: from ?? '',
    to,
    reason: { cause: causeOf(cause), numbers: { ...numbers }, ...(next ? { next } : {}) },
  }
}

const own = {
  orders: 6,
  daysSinceLastOrder: 38,
  atRiskAfterDays: 38,
  lapsedAfterDays: 76,
  lostAfterDays: 152,
  basis: 'own',
  gaps: 5,
}

/** What the guards of this version write down. */
export const NUMBERS = {
  own,
  shop: { ...own, basis: 'shop' },
  cold: { ...own, basis: 'cold-start' },
  spend: { spend: 123_456, currency: 'EUR', vipLine: 50_000, lineFrom: 'distribution' },
  silence: { daysSinceEngaged: 90, received: 6, coldAfterMails: 5 },
}

/** The deadline of a timer: a 9th of June. */
export const due = (timer: string) => ({ timer, dueAt: NOW + 34 * DAY })

export type HistoryRow = [
  tag: string,
  region: string,
  move: string,
  cause: string,
  numbers: ReasonNumbers,
  next: ReturnType<typeof due> | undefined,
  sentence: string,
]
