import type { EventInput } from '../input.ts'
import type { EndReason, RunCoupon } from '../journeys/enrolment.ts'
import type { SimulatedMessage } from '../journeys/simulate.ts'
import type { Refusal, Waiting } from '../policy.ts'
import { createMoments } from './createMoments.ts'
import type { RunWait } from './explainJourneyRun.ts'
import { isPlainEnd } from './journeySentences.ts'
import { journeySentencesFor } from './journeySentencesFor.ts'
import { quotableText } from './reasonNumbers.ts'
import type { SentenceLanguage } from './sentenceLocale.ts'

/** Tells what happens in a simulation, as sentences. */
export interface SimulationExplainer {
  event: (input: EventInput) => string
  begun: (journeyId: string) => string
  ended: (journeyId: string, reason: EndReason) => string
  /** A step that a run has come to, and what it waits for there. */
  step: (stepId: string, wait: RunWait | null) => string
  mail: (mail: SimulatedMessage) => string
  coupon: (coupon: RunCoupon) => string
  webhook: (url: string) => string
}

const quoted = (text: string) => quotableText(text) ?? text

/** What is refused as soon as it is asked for, in the words of what is refused when it is sent. */
const SAME_AS: Partial<Record<string, Refusal>> = { late: 'expired', 'no-address': 'address-changed' }

/** @param options what sentences are told with: `now` is the year that dates leave out, epoch milliseconds */
export function createSimulationExplainer({
  language,
  timeZone,
  now,
  journeyNames,
}: {
  language: SentenceLanguage
  timeZone: string
  now: number
  journeyNames: ReadonlyMap<string, string>
}): SimulationExplainer {
  const sentences = journeySentencesFor(language)
  const { told, waits, mailWaits, mailRefused } = sentences
  const moment = createMoments(language.tag, timeZone, now)
  const nameOf = (journeyId: string) => quoted(journeyNames.get(journeyId) ?? journeyId)
  const sentenceOf = (head: string, clause?: string) => {
    const text = clause === undefined ? head : `${head}: ${clause}`
    return `${text.charAt(0).toLocaleUpperCase(language.language)}${text.slice(1)}.`
  }

  const waitClause = (wait: RunWait): string => {
    if (wait.kind === 'held') return waits.held(moment(wait.since))
    if (wait.kind === 'event') return waits.event(quoted(wait.event), moment(wait.until))
    return waits[wait.kind](moment(wait.until))
  }

  const mailClause = ({ outcome, reason, at }: SimulatedMessage): string => {
    const why = reason ?? ''
    if (outcome === 'sent') return told.sent
    if (outcome === 'queued') return `${mailWaits[why as Waiting]} ${sentences.until(moment(at))}`
    const known = SAME_AS[why] ?? why
    return Object.hasOwn(mailRefused, known) ? mailRefused[known as Refusal] : told.withdrawn
  }

  const endOf = (journey: string, reason: EndReason): string => {
    if (isPlainEnd(reason)) return told.ends[reason](journey)
    const [kind, name = ''] = reason.split(/:(.*)/s)
    return kind === 'ended-by'
      ? told.ends.endedBy(journey, nameOf(name))
      : told.ends.exit(journey, quoted(name || reason))
  }

  return {
    event: ({ event: { type, name } }) => {
      if (type === 'identify') return sentenceOf(told.identified)
      if (type === 'page' || type === 'screen') return sentenceOf(told.page)
      return sentenceOf(told.event(quoted(name ?? type)))
    },
    begun: (journeyId) => sentenceOf(told.begins(nameOf(journeyId))),
    ended: (journeyId, reason) => sentenceOf(endOf(nameOf(journeyId), reason)),
    step: (stepId, wait) => sentenceOf(sentences.atStep(quoted(stepId)), wait ? waitClause(wait) : undefined),
    mail: (mail) => sentenceOf(told.mail(quoted(mail.message.template)), mailClause(mail)),
    coupon: (coupon) => sentenceOf(told.coupon(quoted('code' in coupon ? coupon.code : coupon.pool))),
    webhook: (url) => sentenceOf(told.webhook(quoted(url))),
  }
}
