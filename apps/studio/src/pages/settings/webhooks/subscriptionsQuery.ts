import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

export type Subscription = InferResponseType<typeof api.subscriptions.index.$get>['subscriptions'][number]
export type SubscriptionFormat = Subscription['format']
export type Told = InferResponseType<typeof api.webhooks.index.$get>['webhooks'][number]
type ToldFilter = InferRequestType<typeof api.webhooks.index.$get>['query']

export const FORMATS = [
  'standard',
  'slack',
  'mattermost',
  'teams',
  'chatwoot',
] as const satisfies readonly SubscriptionFormat[]

export const subscriptionsQuery = queryOptions({
  queryKey: ['subscriptions'],
  queryFn: () => ask(api.subscriptions.index.$get()),
})

/** While something is on its way the list is looked at again. */
const LOOK_AGAIN = 4_000

const isUnderWay = ({ state, attempts }: Told) =>
  state === 'sending' || (state === 'queued' && attempts === 0)

/** What other servers were told, newest first: all of it, or what one subscription was. */
export const toldQuery = (subscription: string | undefined, state: Told['state'] | null) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', subscription ?? null, state],
    queryFn: ({ pageParam }) => {
      const query: ToldFilter = {
        limit: '20',
        ...(subscription === undefined ? {} : { subscription }),
        ...(state === null ? {} : { state }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }
      return ask(api.webhooks.index.$get({ query }))
    },
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.webhooks.some(isUnderWay)) ? LOOK_AGAIN : false,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

export const toldDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: () => ask(api.webhooks[':id'].$get({ param: { id } })),
  })
