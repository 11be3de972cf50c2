import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

const LIMIT = '50'

/** Who did what, newest first, a page at a time. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    ask(
      api.audit.index.$get({
        query: { limit: LIMIT, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
      }),
    ),
  getNextPageParam: ({ next }) => next ?? undefined,
})
