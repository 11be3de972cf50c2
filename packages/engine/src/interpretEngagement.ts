import { canonicalName } from './canonicalName.ts'
import { isBefore } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { normaliseEmail } from './identity.ts'
import type { Interpreter } from './reading.ts'
import { DAY } from './settings.ts'

/** A number, also where it is written as text: shops send ratings as either. */
function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** E-mail feedback counts only when Ciclo itself or the shop's server says it: a browser cannot bounce a mail. */
export const withFeedback: Interpreter = (customer, { input: { event, source }, signals }) => {
  if (event.type !== 'track' || source === 'public') return customer
  const { properties, name } = event
  if (name === EVENT_NAMES.emailSent && properties['purpose'] === 'marketing')
    signals.push({ type: 'received' })
  if (name === EVENT_NAMES.emailLinkClicked && properties['class'] === 'human')
    signals.push({ type: 'engaged' })
  // A mistyped address that asked to be subscribed bounces: nothing against the person, who will type it again.
  if (
    name === EVENT_NAMES.emailBounced &&
    properties['permanent'] === true &&
    properties['claimed'] !== true
  ) {
    const address = normaliseEmail(properties['address']) ?? customer.email
    // A mail to an address that they have left says nothing of the one that they have.
    if (customer.email !== null && address !== customer.email) return customer
    signals.push({ type: 'suppressed' })
    return { ...customer, bouncedAddress: address }
  }
  return customer
}

export const withAdvocacy: Interpreter = (customer, { input: { event }, settings, signals }) => {
  if (event.type !== 'track') return customer
  const { score, rating } = event.properties
  if (event.name === EVENT_NAMES.surveyAnswered && typeof score === 'number')
    signals.push({ type: 'surveyed', score })
  if (event.name === EVENT_NAMES.referralMade) signals.push({ type: 'advocated', rating: null })
  if (canonicalName(event.name ?? '') === EVENT_NAMES.productReviewed) {
    const stars = numberIn(rating)
    if (stars === null || stars >= settings.advocacy.reviewRating)
      signals.push({ type: 'advocated', rating: stars })
  }
  return customer
}

/**
 * A page, a screen or anything that a browser reports is a visit. Visits of a warm customer count once a day: the
 * silence timer needs no finer figure, and most page views then never reach XState.
 */
export const withVisit: Interpreter = (customer, { input, signals }) => {
  const { event, source, at } = input
  const isVisit =
    event.type === 'page' || event.type === 'screen' || (event.type === 'track' && source === 'public')
  // A crawler's visit is kept with the others, and is nobody's sign of life.
  if (!isVisit || event.bot === true) return customer
  const { engagedAt } = customer.lifecycle.context
  // Of two visits of one instant that comes first whose id does, also where it is told second.
  const isFirst = at === engagedAt && isBefore(input, customer.moved)
  const isCounted =
    customer.lifecycle.value.engagement === 'warm' &&
    engagedAt !== null &&
    at >= engagedAt &&
    at < engagedAt + DAY &&
    !isFirst
  if (!isCounted) signals.push({ type: 'engaged' })
  return customer
}
