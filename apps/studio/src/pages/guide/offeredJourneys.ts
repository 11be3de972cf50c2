import type { InferResponseType } from 'hono/client'
import type { api } from '../../api/api.ts'

export type JourneySummary = InferResponseType<typeof api.journeys.index.$get>['journeys'][number]

/** In a new workspace these are on already. */
const BEGUN = ['opt-in-confirmation', 'welcome']

/** What most shops switch on first, in this order. */
const FIRST = [
  'cart-abandonment',
  'browse-abandonment',
  'thank-you',
  'review-request',
  'second-purchase',
  'win-back',
]

const isOn = ({ status }: JourneySummary) => status === 'live' || status === 'published'

/** The journeys of a workspace for somebody who chooses the first: those to begin with, all others, and what is on. */
export function offeredJourneys(journeys: readonly JourneySummary[]) {
  const first = FIRST.flatMap((id) => journeys.find((journey) => journey.id === id) ?? [])
  const others = journeys.filter(
    ({ id, status }) => !FIRST.includes(id) && !BEGUN.includes(id) && status !== 'archived',
  )
  return { first, others, on: journeys.filter(isOn).length }
}
