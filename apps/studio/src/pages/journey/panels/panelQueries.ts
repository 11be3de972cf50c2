import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { journeyApi } from '../../customer/customerApi.ts'

/** Whoever looks at a panel sees what happens a few seconds later. */
const EVERY = 5_000
const PAGE = '25'

/** How the runs of a journey go, in all and at each step, all versions together. */
export const stepsQuery = (id: string) =>
  queryOptions({
    queryKey: ['journeys', 'steps', id],
    queryFn: ({ signal }) => ask(journeyApi(id).steps.$get({}, { init: { signal } })),
    refetchInterval: EVERY,
  })

export type StepsOfJourney = Awaited<ReturnType<NonNullable<ReturnType<typeof stepsQuery>['queryFn']>>>

const pageOfRuns = (id: string, step: string, status: 'running' | 'ended', cursor: string) =>
  ask(
    journeyApi(id).runs.$get({
      query: { step, status, limit: PAGE, ...(cursor === '' ? {} : { cursor }) },
    }),
  )

export type ListedRun = Awaited<ReturnType<typeof pageOfRuns>>['runs'][number]

/** The runs that stand at a step, or have ended there. */
export const runsQuery = (id: string, step: string, status: 'running' | 'ended') =>
  infiniteQueryOptions({
    queryKey: ['journeys', 'runs', id, step, status],
    queryFn: ({ pageParam }) => pageOfRuns(id, step, status, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY,
  })

/** A version, which never changes again once it is published. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['journeys', 'version', id, version],
    queryFn: () =>
      ask(api.journeys[':id'].versions[':version'].$get({ param: { id, version: String(version) } })),
    staleTime: 60_000,
  })
