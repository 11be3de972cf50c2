import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

/** Every sender, and what mails go by where there is none. */
export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: () => ask(api.senders.index.$get()),
})

export type Sender = InferResponseType<typeof api.senders.index.$get>['senders'][number]
