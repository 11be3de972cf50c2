import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'

/** A segment that is being built tells how far it is. */
const WHILE_BUILDING = 2_000

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: () => ask(api.segments.index.$get()),
  refetchInterval: ({ state: { data } }) =>
    data?.segments.some(({ status }) => status === 'building') ? WHILE_BUILDING : false,
})

export type SegmentListed = Awaited<ReturnType<typeof listed>>['segments'][number]
const listed = () => ask(api.segments.index.$get())

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: () => ask(api.segments[':id'].$get({ param: { id } })),
    refetchInterval: ({ state: { data } }) => (data?.status === 'building' ? WHILE_BUILDING : false),
  })

/** Whom a rule is true of. Given up as soon as nobody waits for it any more. */
export const previewQuery = (rule: unknown) =>
  queryOptions({
    queryKey: ['segments', 'preview', JSON.stringify(rule)],
    queryFn: ({ signal }) =>
      ask(api.segments.preview.$post({}, { init: { ...withBody({ rule }).init, signal } })),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  })

export type SegmentPreview = Awaited<ReturnType<typeof previewed>>
const previewed = () => ask(api.segments.preview.$post({}))

export const seenNamesQuery = queryOptions({
  queryKey: ['segments', 'names'],
  queryFn: ({ signal }) => ask(api.segments.suggestions.names.$get({}, { init: { signal } })),
  staleTime: 5 * 60_000,
})

export type SeenValues = Awaited<ReturnType<typeof seen>>['traits']
const seen = () => ask(api.segments.suggestions.names.$get())

export const seenPropertiesQuery = (type: string, name: string | undefined) =>
  queryOptions({
    queryKey: ['segments', 'properties', type, name ?? null],
    queryFn: ({ signal }) =>
      ask(
        api.segments.suggestions.properties.$get(
          { query: { type: type as 'track', ...(name ? { name } : {}) } },
          { init: { signal } },
        ),
      ),
    staleTime: 5 * 60_000,
  })
