import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

export type Guide = InferResponseType<typeof api.guide.index.$get>
export type GuideStepId = Guide['steps'][number]['id']

/** How far the workspace has come. Asked again often: the light has to turn green while somebody looks at it. */
export const guideQuery = queryOptions({
  queryKey: ['guide'],
  queryFn: () => ask(api.guide.index.$get()),
  staleTime: 0,
  refetchInterval: ({ state }) =>
    state.data?.steps.some(({ id, isDone }) => id === 'tracker' && !isDone) ? 2_000 : 5_000,
})
