import { EVENT_NAMES, OWN_ID_PREFIX, type EventInput } from '@ciclo/engine'

/** How the ids of what steps of journeys and schedules brought about begin. */
const OF_JOURNEYS = [`${OWN_ID_PREFIX}journey/`, `${OWN_ID_PREFIX}journey-schedule/`]

/** What follows from the mails and runs that there really were: in a back-test there are others. */
const OF_RUNS: ReadonlySet<string | undefined> = new Set([
  EVENT_NAMES.emailSent,
  EVENT_NAMES.couponGiven,
  EVENT_NAMES.journeyRunMoved,
  EVENT_NAMES.journeyResumed,
])

const followsFromJourneys = ({ source, id, event }: EventInput) =>
  source === 'own' && (OF_RUNS.has(event.name) || OF_JOURNEYS.some((prefix) => id.startsWith(prefix)))

/**
 * A customer's history in order, cut where the period begins: before it everything as it was, in it only what others
 * did, so that the journeys of the back-test make their own mails.
 */
export function splitHistory(
  history: readonly EventInput[],
  since: number,
): { past: EventInput[]; period: EventInput[] } {
  const first = history.findIndex(({ at }) => at >= since)
  if (first === -1) return { past: [...history], period: [] }
  return {
    past: history.slice(0, first),
    period: history.slice(first).filter((input) => !followsFromJourneys(input)),
  }
}
