import { EVENT_NAMES } from './eventNames.ts'

/**
 * What Ciclo writes into a history of where its customer is and what it was given. It follows from the other events, and
 * nothing follows from it: no step ever sees it, so whoever counts or replays events leaves it out.
 */
export const DERIVED_EVENTS: readonly string[] = [
  EVENT_NAMES.rfmGroupChanged,
  EVENT_NAMES.segmentEntered,
  EVENT_NAMES.segmentLeft,
  EVENT_NAMES.couponGiven,
]
