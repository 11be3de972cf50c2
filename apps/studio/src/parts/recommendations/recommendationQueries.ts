import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

/** While they are made it is looked at this often: milliseconds. */
const WHILE_MADE = 1_500

/** Everything that is recommended to somebody or beside something: new ones make all of it old. */
export const RECOMMENDED = ['recommendations', 'shown'] as const

interface Asked {
  kind: 'together' | 'next' | 'popular' | 'viewed'
  limit: number
  customerId?: string
  productId?: string
}

export type RecommendedKind = Asked['kind']

const askFor = ({ limit, ...asked }: Asked) =>
  ask(api.recommendations.index.$get({ query: { ...asked, limit: String(limit) } }))

export type Recommendation = Awaited<ReturnType<typeof askFor>>['recommendations'][number]

/** What is recommended, the best first. */
export const recommendedQuery = (asked: Asked) =>
  queryOptions({ queryKey: [...RECOMMENDED, asked], queryFn: () => askFor(asked) })

/** When they were made, and whether they are being made anew. */
export const buildQuery = queryOptions({
  queryKey: ['recommendations', 'build'],
  queryFn: () => ask(api.recommendations.build.$get()),
  refetchInterval: ({ state: { data } }) => (data?.isUnderWay ? WHILE_MADE : false),
})
