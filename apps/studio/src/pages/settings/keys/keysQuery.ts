import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

/** The keys that work, by how they begin. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => ask(api.keys.index.$get()),
})
