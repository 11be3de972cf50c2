import { canonicalName } from './canonicalName.ts'
import { isBefore } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import type { Interpreter } from './reading.ts'
import { DAY } from './settings.ts'

/** A number, also where it is written as text: shops send ratings as either. */
function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
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
