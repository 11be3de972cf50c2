import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { filterOf, type ListSearch } from './listSearch.ts'

const ROWS_AT_ONCE = '100'

const askList = (search: ListSearch, cursor: string, signal: AbortSignal) =>
  ask(
    api.customerSearch.index.$get(
      { query: { ...search, limit: ROWS_AT_ONCE, ...(cursor === '' ? {} : { cursor }) } },
      { init: { signal } },
    ),
  )

export type ListedCustomer = Awaited<ReturnType<typeof askList>>['customers'][number]

/** The list, page by page. Of an answer that nobody waits for any more the request is ended. */
export const listQuery = (search: ListSearch) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', search],
    queryFn: ({ pageParam, signal }) => askList(search, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })

/** How many there are of who is looked for: exactly up to 10,000. */
export const countQuery = (search: ListSearch) => {
  const filter = filterOf(search)
  return queryOptions({
    queryKey: ['customers', 'count', filter],
    queryFn: ({ signal }) => ask(api.customerSearch.count.$get({ query: filter }, { init: { signal } })),
    placeholderData: keepPreviousData,
  })
}

/** The saved segments, by their names. */
export const segmentNamesQuery = queryOptions({
  queryKey: ['customers', 'segments'],
  queryFn: () => ask(api.segments.index.$get()),
  staleTime: 60_000,
})
