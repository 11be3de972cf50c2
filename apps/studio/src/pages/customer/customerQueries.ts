import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { customerApi, suppressionsApi } from './customerApi.ts'

/** Everything that is asked of one customer begins with this: what the stream tells makes all of it old. */
export const customerKey = (id: string) => ['customer', id] as const

const param = (id: string) => ({ id: encodeURIComponent(id) })

/** The customer, and the version from which the stream goes on: asked first, so that nothing falls between. */
export const customerQuery = (id: string, locale: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'detail', locale],
    queryFn: async () => {
      const { version } = await ask(customerApi(id).page.version.$get())
      const customer = await ask(api.customers[':id'].$get({ param: param(id), query: { locale } }))
      return { customer, version }
    },
  })

export type CustomerDetail = Awaited<
  ReturnType<NonNullable<ReturnType<typeof customerQuery>['queryFn']>>
>['customer']

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'mail'],
    queryFn: () => ask(customerApi(id).page.mail.$get()),
  })

export type MailStanding = Awaited<ReturnType<NonNullable<ReturnType<typeof mailQuery>['queryFn']>>>
export type Blocker = MailStanding['purposes']['marketing']['blockers'][number]

export const transitionsQuery = (id: string, locale: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'transitions', locale],
    queryFn: async () =>
      (
        await ask(
          api.customers[':id'].transitions.$get({ param: param(id), query: { locale, limit: '200' } }),
        )
      ).transitions,
  })

export type Transition = Awaited<
  ReturnType<NonNullable<ReturnType<typeof transitionsQuery>['queryFn']>>
>[number]

export const TIMELINE_KINDS = ['event', 'transition', 'message', 'run'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

const PAGE = '30'

const timelinePage = (id: string, kinds: string, locale: string, cursor?: string) =>
  ask(
    customerApi(id).page.timeline.$get({
      query: { kinds, locale, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
    }),
  )

/** The newest of the timeline: asked anew whenever something happens. */
export const timelineHeadQuery = (id: string, kinds: string, locale: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'timeline', kinds, locale],
    queryFn: () => timelinePage(id, kinds, locale),
    staleTime: 0,
  })

export type TimelineEntry = Awaited<ReturnType<typeof timelinePage>>['entries'][number]

/** What lies behind a place in the timeline: the past does not change. */
export const timelineOlderQuery = (id: string, kinds: string, locale: string, from: string | null) =>
  infiniteQueryOptions({
    queryKey: ['customer-past', id, kinds, locale, from],
    queryFn: ({ pageParam }) => timelinePage(id, kinds, locale, pageParam),
    initialPageParam: from ?? '',
    getNextPageParam: ({ next }) => next,
    staleTime: Infinity,
    enabled: false,
  })

export const ordersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...customerKey(id), 'orders'],
    queryFn: ({ pageParam }) =>
      ask(
        api.customers[':id'].orders.$get({
          param: param(id),
          query: { limit: '50', ...(pageParam === '' ? {} : { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const orderLinesQuery = (id: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'order-lines'],
    queryFn: async () => (await ask(customerApi(id).page['order-lines'].$get())).orders,
  })

export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...customerKey(id), 'messages'],
    queryFn: ({ pageParam }) =>
      ask(
        api.customers[':id'].messages.$get({
          param: param(id),
          query: { limit: '50', ...(pageParam === '' ? {} : { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'consents'],
    queryFn: async () =>
      (await ask(customerApi(id).consents.index.$get({ query: { limit: '100' } }))).consents,
  })

export const journeysQuery = (id: string, locale: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'journeys', locale],
    queryFn: async () => (await ask(customerApi(id).journeys.index.$get({ query: { locale } }))).journeys,
  })

export type JourneyStanding = Awaited<
  ReturnType<NonNullable<ReturnType<typeof journeysQuery>['queryFn']>>
>[number]

export const templatesQuery = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: async () => (await ask(api.templates.index.$get())).templates,
})

/** Why an address is on the suppression list; null where it is not. */
export const suppressionQuery = (id: string, address: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'suppression', address],
    queryFn: async () =>
      (await ask(suppressionsApi.index.$get({ query: { address, limit: '1' } }))).suppressions[0] ?? null,
  })
