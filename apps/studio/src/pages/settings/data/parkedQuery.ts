import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

/** Milliseconds until what waits is looked at again. */
const AGAIN = 5_000

/** What could not be applied, the last failure first. */
export const parkedQuery = infiniteQueryOptions({
  queryKey: ['parked'],
  queryFn: ({ pageParam }) =>
    ask(
      api.parked.parked.$get({ query: { limit: '20', ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  // Others release customers, too.
  refetchInterval: ({ state }) => (state.data?.pages.some(({ parked }) => parked.length > 0) ? AGAIN : false),
})
