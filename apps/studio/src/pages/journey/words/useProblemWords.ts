import type { Journey, JourneyProblemCode } from '@ciclo/engine'
import { useTranslation } from 'react-i18next'
import type { JourneyProblem } from '../journeyEditing.ts'
import { valueAtPath } from '../model/valueAtPath.ts'

/** Whether the server's sentence says more than ours, such as which name is the nearest: it is shown as well, then. */
const SAYS_MORE: Readonly<Record<JourneyProblemCode, boolean>> = {
  'unreachable-step': false,
  'loop-without-delay': true,
  'missing-template': true,
  'missing-locale': false,
  'unknown-event': true,
  'unknown-trait': true,
  'unknown-segment': true,
  'unknown-journey': true,
  'unknown-pool': true,
  'unknown-topic': true,
  'impossible-trigger': true,
  'impossible-condition': true,
  'entry-contradicts-trigger': true,
  'unreachable-way': true,
  'starts-itself': true,
  'always-true': true,
  'unused-coupon': false,
  'coupon-expired': true,
  'no-exit': false,
  'frequent-entry': false,
}

const isKnown = (code: string): code is JourneyProblemCode => Object.hasOwn(SAYS_MORE, code)

const nameAt = (definition: Journey, { path }: JourneyProblem): string => {
  const value = valueAtPath(definition, path)
  return Array.isArray(value) ? value.join('.') : typeof value === 'string' ? value : ''
}

export interface ProblemWords {
  text: string
  /** What the server says more exactly, in English. */
  more: string | undefined
}

/** What is wrong with a journey, in the reader's language. */
export function useProblemWords(): (problem: JourneyProblem, definition: Journey) => ProblemWords {
  const { t, i18n } = useTranslation('journey')
  return (problem, definition) => {
    const { code, message, locales = [] } = problem
    if (!isKnown(code)) return { text: message, more: undefined }
    const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
    const text = t(`problems.codes.${code}`, {
      name: nameAt(definition, problem),
      languages: new Intl.ListFormat(i18n.language).format(
        locales.map((locale) => names.of(locale) ?? locale),
      ),
    })
    return { text, more: SAYS_MORE[code] ? message : undefined }
  }
}
