import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

export type Settings = InferResponseType<typeof api.settings.index.$get>

/** The settings of the workspace, defaults included. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => ask(api.settings.index.$get()),
})
