import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { ask } from '../api/ask.ts'

/** Who is signed in, where, and as what. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask(api.session.index.$get()),
  staleTime: 5 * 60_000,
  retry: false,
})
