import { STATES } from '../lifecycle.ts'
import type { Rules } from '../rules.ts'
import { versionAt } from '../rulesVersion.ts'
import type { Transition } from '../transitionReason.ts'
import { clausesOf, type Told } from './clausesOf.ts'
import { createFormats } from './createFormats.ts'
import type { NextState } from './nextStates.ts'
import { quotableText } from './reasonNumbers.ts'
import type { StateReason } from './reasonsOf.ts'
import type { SentenceLanguage, SentenceLocale } from './sentenceLocale.ts'
import type { Sentences } from './sentences.ts'
import { sentencesEn } from './sentencesEn.ts'
import { sentencesEs } from './sentencesEs.ts'
import { sentencesPl } from './sentencesPl.ts'
import { sentencesRo } from './sentencesRo.ts'
import { whyOf } from './whyOf.ts'

const SENTENCES: Record<SentenceLocale, Sentences> = {
  en: sentencesEn,
  es: sentencesEs,
  pl: sentencesPl,
  ro: sentencesRo,
}

export interface ExplainerOptions {
  language: SentenceLanguage
  /** IANA: that of the shop. */
  timeZone: string
  /** Epoch milliseconds. */
  now: number
  rules: Pick<Rules, 'versions'>
  /** The names of segments by their ids. */
  segmentNames?: ReadonlyMap<string, string>
}

/** Tells reasons as sentences. */
export interface Explainer {
  /** Why a customer is in a state. */
  state: (reason: StateReason) => string
  /** One row of the history. */
  transition: (transition: Transition) => string
}

const SEGMENT = 'segment:'

type Kind = Parameters<typeof clausesOf>[0]

function kindOf(region: string): Kind | undefined {
  if (region.startsWith(SEGMENT)) return 'segment'
  return region === 'rfm' || Object.hasOwn(STATES, region) ? (region as Kind) : undefined
}

export function createExplainer(options: ExplainerOptions): Explainer {
  const { language, timeZone, now, rules, segmentNames } = options
  const sentences = SENTENCES[language.language]
  const formats = createFormats(language.tag, timeZone, now)

  const sentenceOf = (head: string, clauses: readonly string[]) => {
    const text = clauses.length === 0 ? head : `${head}: ${clauses.join('; ')}`
    return `${text.charAt(0).toLocaleUpperCase(language.language)}${text.slice(1)}.`
  }

  /** A state that another version knew is told by its own name. */
  const nameOf = (region: string, state: string): string => {
    const names: Partial<Record<string, Partial<Record<string, string>>>> = sentences.names
    return names[region]?.[state] ?? state
  }

  const nextClause = (region: string, { state, at }: NextState): string | undefined => {
    const date = formats.date(at)
    if (date === undefined) return undefined
    const { unlessOrdered, unlessEngaged, unlessConfirmed, rfm } = sentences.next
    const name = nameOf(region, state)
    if (region === 'engagement') return unlessEngaged(name, date)
    if (region === 'permission') return unlessConfirmed(name, date)
    return region === 'rfm' ? rfm(name, date) : unlessOrdered(name, date)
  }

  /** Only the stage's deadlines are named for the state that they lead to. */
  const nextThenClause = ({ region, reason }: Transition): string | undefined => {
    const { next } = reason
    const date = formats.date(next?.dueAt)
    if (region !== 'stage' || !next || date === undefined) return undefined
    return Object.hasOwn(sentences.names.stage, next.timer)
      ? sentences.nextThen(nameOf(region, next.timer), date)
      : undefined
  }

  const transitionHead = ({ region, from, to, at }: Transition): string => {
    const date = formats.date(at) ?? String(at)
    if (region.startsWith(SEGMENT)) {
      const id = region.slice(SEGMENT.length)
      const name = quotableText(segmentNames?.get(id)) ?? id
      return to === 'in' ? sentences.enteredSegment(name, date) : sentences.leftSegment(name, date)
    }
    if (from === to) return sentences.again(nameOf(region, to), date)
    const [before, after] = [nameOf(region, from), nameOf(region, to)]
    if (region !== 'rfm') return sentences.changed(before, after, date)
    if (from === 'none') return sentences.rfmEntered(after, date)
    return to === 'none' ? sentences.rfmLeft(before, date) : sentences.rfmChanged(before, after, date)
  }

  const stateHead = ({ region, state, since }: StateReason): string => {
    const name = nameOf(region, state)
    const date = formats.date(since)
    if (region === 'rfm' && state !== 'none')
      return date === undefined ? sentences.rfm(name) : sentences.rfmSince(name, date)
    return date === undefined ? name : sentences.since(name, date)
  }

  /** Why somebody is still where everybody begins. */
  const initialClause = ({ region, state, cause }: StateReason): string | undefined => {
    if (region !== 'rfm')
      return cause === null && state === STATES[region][0] ? sentences.initial[region] : undefined
    if (state !== 'none') return undefined
    const { population } = versionAt(rules.versions, now)
    return population?.rfm ? sentences.initial.rfm : sentences.initial.rfmTooFewBuyers
  }

  return {
    state: (reason) => {
      const { region, state, from, cause, numbers, next } = reason
      const told: Told = {
        state,
        why: cause === null ? undefined : whyOf({ region, from: from ?? '', to: state, cause, numbers }),
        past: numbers,
        now: reason.now,
      }
      return sentenceOf(
        stateHead(reason),
        [
          initialClause(reason),
          ...clausesOf(region, told, sentences, formats),
          next ? nextClause(region, next) : undefined,
        ].filter((clause) => clause !== undefined),
      )
    },

    transition: (transition) => {
      const { region, from, to, reason } = transition
      const { cause, numbers } = reason
      const kind = kindOf(region)
      const why = whyOf({ region, from, to, cause, numbers })
      const told: Told = { state: to, why, past: numbers }
      return sentenceOf(
        transitionHead(transition),
        [...(kind ? clausesOf(kind, told, sentences, formats) : []), nextThenClause(transition)].filter(
          (clause) => clause !== undefined,
        ),
      )
    },
  }
}
