import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

export type Connection = InferResponseType<typeof api.connections.index.$get>['connections'][number]
export type Delivery = InferResponseType<
  (typeof api.connections)[':id']['deliveries']['$get']
>['deliveries'][number]
type DeliveryFilter = InferRequestType<(typeof api.connections)[':id']['deliveries']['$get']>['query']

export const PLATFORMS = ['shopify', 'woocommerce', 'generic'] as const
export type PlatformName = (typeof PLATFORMS)[number]

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => ask(api.connections.index.$get()),
})

/** What came in, newest first. */
export const deliveriesQuery = (id: string, state: Delivery['state'] | null) =>
  infiniteQueryOptions({
    queryKey: ['connections', id, 'deliveries', state],
    queryFn: ({ pageParam }) => {
      const query: DeliveryFilter = {
        limit: '20',
        ...(state === null ? {} : { state }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }
      return ask(api.connections[':id'].deliveries.$get({ param: { id }, query }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
