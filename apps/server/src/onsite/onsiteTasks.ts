import { EVENT_NAMES } from '@ciclo/engine'
import { countOnsiteEvents, type OnsiteWanted } from '../store/queries/onsiteFigures.ts'
import type { Store } from '../store/store.ts'

export interface OnsiteFigures {
  shown: number
  closed: number
  clicked: number
  /** Contests entered and surveys answered. */
  answered: number
  /** Subscriptions by the form, confirmed or not. */
  signedUp: number
  /** The mean of a survey's answers on the scale; null: none. */
  score: number | null
}

/** What became of a message. Browsers that refuse tracking tell of answers alone. */
export async function countOnsite(store: Store, wanted: OnsiteWanted): Promise<OnsiteFigures> {
  const rows = await store.read((tx) => countOnsiteEvents(tx, wanted))
  const of = (...names: string[]) =>
    rows
      .filter(({ name }) => name !== null && names.includes(name))
      .reduce((sum, { times }) => sum + times, 0)
  return {
    shown: of(EVENT_NAMES.onsiteShown),
    closed: of(EVENT_NAMES.onsiteClosed),
    clicked: of(EVENT_NAMES.onsiteClicked),
    answered: of(EVENT_NAMES.contestEntered, EVENT_NAMES.surveyAnswered),
    signedUp: of(EVENT_NAMES.subscribed),
    score: rows.find(({ name }) => name === EVENT_NAMES.surveyAnswered)?.score ?? null,
  }
}
