import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

/** Runs come and go while somebody looks. */
const EVERY = 15_000
const SOON = 3_000

export const journeysQuery = queryOptions({
  queryKey: ['journeys', 'list'],
  queryFn: () => ask(api.journeys.index.$get()),
  refetchInterval: EVERY,
})

export type JourneyListed = InferResponseType<typeof api.journeys.index.$get>['journeys'][number]

/** Whether a journey goes altogether with its draft: it was never published. */
export const isOnlyDraft = ({ status, versions }: Pick<JourneyListed, 'status' | 'versions'>): boolean =>
  status === 'draft' && versions === 1

/** One journey with its versions and definitions, and where its runs are. */
export const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journeys', 'one', id],
    queryFn: ({ signal }) => ask(api.journeys[':id'].$get({ param: { id } }, { init: { signal } })),
    // It goes live by itself.
    refetchInterval: ({ state: { data } }) => (data?.status === 'published' ? SOON : false),
  })

export type JourneyDetail = InferResponseType<(typeof api.journeys)[':id']['$get'], 200>
