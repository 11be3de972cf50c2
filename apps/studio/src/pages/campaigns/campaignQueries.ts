import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import type { Campaign } from '../../api/contract.ts'
import { withBody } from '../../api/withBody.ts'

/** More campaigns than this a list does not hold at once. */
const PAGE = '100'
/** Figures of what is at work are asked for again. */
const WHILE_RUNNING = 4_000

const listed = (cursor: string | null) =>
  ask(api.campaigns.index.$get({ query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } }))
const one = (id: string) => ask(api.campaigns[':id'].$get({ param: { id } }))
const figures = (id: string) => ask(api.campaigns[':id'].figures.$get({ param: { id } }))
const preview = (id: string) => ask(api.campaigns[':id'].preview.$post({ param: { id } }))

export type CampaignStored = Awaited<ReturnType<typeof one>>
export type CampaignFigures = Awaited<ReturnType<typeof figures>>
export type CampaignPreview = Awaited<ReturnType<typeof preview>>
export type CampaignStatus = CampaignStored['status']

/** What a campaign says, as the server has read it. */
export const definitionOf = ({ definition }: Pick<CampaignStored, 'definition'>) =>
  definition as unknown as Campaign

/** Whether something of a campaign may still change by itself. */
export const isAtWork = (status: CampaignStatus): boolean =>
  status === 'scheduled' || status === 'freezing' || status === 'sending' || status === 'paused'

export const campaignsQuery = infiniteQueryOptions({
  queryKey: ['campaigns', 'list'],
  queryFn: ({ pageParam }) => listed(pageParam),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ campaigns }) => campaigns.some(({ status }) => isAtWork(status)))
      ? WHILE_RUNNING
      : false,
})

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: () => one(id),
    // An editor goes on with what it has.
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state: { data } }) => (data && isAtWork(data.status) ? WHILE_RUNNING : false),
  })

/** What clicks and bounces add long after the end is seen by and by. */
const AFTERWARDS = 60_000

export const figuresQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', 'figures', id],
    queryFn: () => figures(id),
    // By their own status: those of a moment before the end would stay otherwise.
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isAtWork(data.status) ? WHILE_RUNNING : AFTERWARDS,
  })

/** Who would get what the server has under that hash. */
export const previewQuery = (id: string, hash: string) =>
  queryOptions({
    queryKey: ['campaigns', 'preview', id, hash],
    queryFn: ({ signal }) => ask(api.campaigns[':id'].preview.$post({ param: { id } }, { init: { signal } })),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  })

const recipients = (id: string, query: { state?: string; reason?: string; cursor?: string }) =>
  ask(api.campaigns[':id'].recipients.$get({ param: { id }, query: { limit: '50', ...(query as object) } }))

export type CampaignRecipient = Awaited<ReturnType<typeof recipients>>['recipients'][number]

export const recipientsQuery = (id: string, filter: { state: string | null; reason: string | null }) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', 'recipients', id, filter],
    queryFn: ({ pageParam }) =>
      recipients(id, {
        ...(filter.state === null ? {} : { state: filter.state }),
        ...(filter.reason === null ? {} : { reason: filter.reason }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/** Saves a draft, only over what was seen: null where there is none yet. */
export function saveCampaign(id: string, campaign: Campaign, seen: string | null) {
  const { init } = withBody(campaign)
  const expected: Record<string, string> =
    seen === null ? { 'if-none-match': '*' } : { 'if-match': `"${seen}"` }
  return ask(
    api.campaigns[':id'].$put(
      { param: { id } },
      { init: { ...init, headers: { ...init.headers, ...expected } } },
    ),
  )
}
