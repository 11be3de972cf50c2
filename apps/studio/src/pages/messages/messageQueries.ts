import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { queryOf, type MessageSearch } from './messageSearch.ts'

type OutboxPage = InferResponseType<typeof api.messages.index.$get>
export type OutboxMessage = OutboxPage['messages'][number]
export type MessageDetail = InferResponseType<(typeof api.messages)[':id']['$get']>
export type MessageResponse = MessageDetail['responses'][number]

const PAGE = '50'
/** Mails come and go while somebody looks: milliseconds. */
const AGAIN = 15_000

/** An id holds slashes, and Hono's client takes what it is given. */
const named = (id: string) => ({ param: { id: encodeURIComponent(id) } })

export const outboxQuery = (search: MessageSearch, timeZone: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'list', search, timeZone],
    queryFn: ({ pageParam }) =>
      ask(
        api.messages.index.$get({
          query: { ...queryOf(search, timeZone), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }: OutboxPage) => next,
  })

export const countsQuery = ({ state: _state, ...search }: MessageSearch, timeZone: string) =>
  queryOptions({
    queryKey: ['messages', 'counts', search, timeZone],
    queryFn: () => ask(api.messages.counts.$get({ query: queryOf(search, timeZone) })),
    refetchInterval: AGAIN,
  })

export const filtersQuery = queryOptions({
  queryKey: ['messages', 'filters'],
  queryFn: () => ask(api.messages.filters.$get()),
})

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'one', id],
    queryFn: () => ask(api.messages[':id'].$get(named(id))),
    // Until it has its end, and for what comes back then.
    refetchInterval: AGAIN,
  })

export const contentQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'content', id],
    queryFn: () => ask(api.messages[':id'].content.$get(named(id))),
    staleTime: 60_000,
  })

export const cancelMessage = (id: string) => ask(api.messages[':id'].cancel.$post(named(id)))

/** The mail as a page of its own, for a frame. */
export const mailPath = (id: string, scheme: 'light' | 'dark') =>
  `/api/messages/${encodeURIComponent(id)}/mail?scheme=${scheme}`
