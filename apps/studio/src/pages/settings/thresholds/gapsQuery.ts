import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

/** The curve of the shop's order gaps, and the limits that follow from it. */
export const gapsQuery = queryOptions({
  queryKey: ['insight', 'gaps'],
  queryFn: () => ask(api.gaps.index.$get()),
})
