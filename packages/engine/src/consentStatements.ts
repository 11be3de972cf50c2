import { CONSENT_PURPOSES, type ConsentPurpose } from './consent.ts'
import { EVENT_NAMES } from './eventNames.ts'
import type { EventInput } from './input.ts'
import { topicIn } from './topics.ts'

/** What an event says of a purpose. Whether a yes counts at once is not said here: that depends on who says it. */
export interface ConsentStatement {
  purpose: ConsentPurpose
  answer: 'yes' | 'no'
  /** A complaint: no later word takes it back. */
  isFinal: boolean
  /** The one topic of marketing mail that it is about; null: all of it. */
  topic: string | null
}

const NOTHING: readonly ConsentStatement[] = []

const say = (
  purpose: ConsentPurpose,
  answer: ConsentStatement['answer'],
  { isFinal = false, topic = null }: Partial<Pick<ConsentStatement, 'isFinal' | 'topic'>> = {},
): ConsentStatement => ({
  purpose,
  answer,
  isFinal,
  topic: purpose === 'marketing-email' ? topic : null,
})

/** The purpose that is named; a withdrawal that names none is of all of them. */
function purposesOf(value: unknown): readonly ConsentPurpose[] {
  return CONSENT_PURPOSES.filter((purpose) => purpose === value)
}

/** Categories of consent managers that mean watching what a person does. C0002 and C0004 are OneTrust's numbers. */
const TRACKING_CATEGORY =
  /analytic|advertis|marketing|target|statistic|perform|tracking|measurement|c000[24]/i

/**
 * What a consent manager's categories say of tracking, in the form of Segment's consent object. One refused category
 * of that kind refuses it: what is collected here serves them all.
 */
function trackingIn(context: Record<string, unknown>): boolean | undefined {
  const { consent } = context
  if (typeof consent !== 'object' || consent === null) return undefined
  const { categoryPreferences } = consent as Record<string, unknown>
  if (typeof categoryPreferences !== 'object' || categoryPreferences === null) return undefined
  const answers = Object.entries(categoryPreferences).flatMap(([category, value]) =>
    TRACKING_CATEGORY.test(category) && typeof value === 'boolean' ? [value] : [],
  )
  return answers.length === 0 ? undefined : answers.every(Boolean)
}

/** Whether the event carries the consent manager's refusal of tracking with it, as Segment's wrappers stamp it on. */
export const carriesTrackingRefusal = ({ event }: EventInput): boolean => trackingIn(event.context) === false

/** What an event says of consent: for nearly every event nothing. */
export function consentStatementsIn({ event, source }: EventInput): readonly ConsentStatement[] {
  if (event.type !== 'track') return NOTHING
  const isTrusted = source !== 'public'
  const { purpose } = event.properties
  const topic = () => ({ topic: topicIn(event.properties) })
  switch (event.name ?? '') {
    case EVENT_NAMES.subscribed:
      return [say('marketing-email', 'yes', topic())]
    case EVENT_NAMES.subscriptionConfirmed:
      return isTrusted ? [say('marketing-email', 'yes')] : NOTHING
    case EVENT_NAMES.unsubscribed:
      return [say('marketing-email', 'no', topic())]
    case EVENT_NAMES.emailMarkedAsSpam:
      return isTrusted ? [say('marketing-email', 'no', { isFinal: true })] : NOTHING
    case EVENT_NAMES.consentGiven:
      return purposesOf(purpose).map((named) => say(named, 'yes', topic()))
    case EVENT_NAMES.consentWithdrawn:
      // Who names no purpose means everything, whatever else is named.
      return purpose === undefined
        ? CONSENT_PURPOSES.map((named) => say(named, 'no'))
        : purposesOf(purpose).map((named) => say(named, 'no', topic()))
    case EVENT_NAMES.consentPreferenceUpdated: {
      const isAgreed = trackingIn(event.context)
      return isAgreed === undefined ? NOTHING : [say('tracking', isAgreed ? 'yes' : 'no')]
    }
    default:
      return NOTHING
  }
}
