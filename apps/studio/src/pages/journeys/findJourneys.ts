import type { JourneyListed } from './journeysQuery.ts'

/** What of the list is shown. */
export const JOURNEY_VIEWS = ['all', 'atWork', 'drafts', 'archived'] as const
export type JourneyView = (typeof JOURNEY_VIEWS)[number]

const AT_WORK: ReadonlySet<string> = new Set(['live', 'paused', 'published'])

const IS_IN: Record<JourneyView, (journey: JourneyListed) => boolean> = {
  all: ({ status }) => status !== 'archived',
  atWork: ({ status }) => AT_WORK.has(status),
  drafts: ({ draft }) => draft !== null,
  archived: ({ status }) => status === 'archived',
}

/** What is at work comes first, what is over last. */
const ORDER = ['paused', 'live', 'published', 'draft', 'archived']

export const countViews = (journeys: readonly JourneyListed[]): Record<JourneyView, number> => ({
  all: journeys.filter(IS_IN.all).length,
  atWork: journeys.filter(IS_IN.atWork).length,
  drafts: journeys.filter(IS_IN.drafts).length,
  archived: journeys.filter(IS_IN.archived).length,
})

/** The journeys of a view whose name or id has the word in it; what asks for somebody first, then by their names. */
export function findJourneys(
  journeys: readonly JourneyListed[],
  { view, word }: { view: JourneyView; word: string },
): JourneyListed[] {
  const wanted = word.trim().toLocaleLowerCase()
  return journeys
    .filter(IS_IN[view])
    .filter((one) => one.name.toLocaleLowerCase().includes(wanted) || one.id.includes(wanted))
    .toSorted(
      (one, other) =>
        ORDER.indexOf(one.status) - ORDER.indexOf(other.status) ||
        one.name.localeCompare(other.name) ||
        (one.id < other.id ? -1 : 1),
    )
}
