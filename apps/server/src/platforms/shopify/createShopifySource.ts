import { z } from 'zod'
import type { PostWebhook } from '../../webhooks/postWebhook.ts'
import { askShop } from '../pull/askShop.ts'
import { shopRefuses, shopUnavailable, type Pulled, type PullSource, type Retry } from '../pull/pullSource.ts'
import { GraphqlCustomerSchema, GraphqlOrderSchema, GraphqlProductSchema } from './mapFromGraphql.ts'
import {
  SHOPIFY_API_VERSION,
  SHOPIFY_COUNTS,
  SHOPIFY_QUERIES,
  SHOPIFY_REST_QUERIES,
} from './shopifyQueries.ts'

const TOPICS = {
  products: 'products/update',
  customers: 'customers/update',
  orders: 'orders/updated',
} as const
/** A page of orders costs more than one of customers; a shop of the smallest plan may spend 1,000 points at once. */
const FIRST = { products: 25, customers: 100, orders: 20 } as const
const FORMS = {
  products: GraphqlProductSchema,
  customers: GraphqlCustomerSchema,
  orders: GraphqlOrderSchema,
} as const
const NESTED = { products: 'variants', customers: null, orders: 'lineItems' } as const

const PageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
const ListSchema = z.object({ pageInfo: PageInfoSchema, nodes: z.array(z.record(z.string(), z.unknown())) })
type List = z.infer<typeof ListSchema>

const ThrottleSchema = z.object({
  cost: z.object({
    requestedQueryCost: z.number().catch(0),
    throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
  }),
})

const AnswerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .union([
      z.string(),
      z.array(
        z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }),
      ),
    ])
    .optional(),
  extensions: z.unknown().optional(),
})

/** How long until as many points are there as the query costs: 50 come back each second on the smallest plan. */
function pauseOf(extensions: unknown): number {
  const read = ThrottleSchema.safeParse(extensions)
  if (!read.success) return 2_000
  const { requestedQueryCost: cost, throttleStatus } = read.data.cost
  const missing = Math.max(0, cost - throttleStatus.currentlyAvailable)
  return Math.ceil((missing / throttleStatus.restoreRate) * 1_000) + 100
}

const listOf = (what: string, value: unknown): List => {
  const read = ListSchema.safeParse(value)
  if (read.success) return read.data
  throw shopUnavailable(`${what}: expected a list of nodes`)
}

const filterOf = (since: number | null) =>
  since === null ? null : `updated_at:>='${new Date(since).toISOString()}'`

/** Shopify's GraphQL Admin API, by cursors, as fast as its bucket of points allows. */
export function createShopifySource(
  post: PostWebhook,
  { address, token }: { address: string; token: string },
  retry: Retry,
): PullSource {
  const url = new URL(`/admin/api/${SHOPIFY_API_VERSION}/graphql.json`, address).href

  const askOnce = async (what: string, query: string, variables: Record<string, unknown>) => {
    const headers = { 'x-shopify-access-token': token }
    const { body } = await askShop(post, { url, headers, body: JSON.stringify({ query, variables }) }, what)
    const read = AnswerSchema.safeParse(body)
    if (!read.success) throw shopUnavailable(`${what}: expected data or errors`)
    const { data, errors = [], extensions } = read.data
    const problems = typeof errors === 'string' ? [{ message: errors }] : errors
    if (problems.some((problem) => 'extensions' in problem && problem.extensions?.code === 'THROTTLED'))
      throw shopUnavailable(`${what}: throttled`, pauseOf(extensions))
    const [problem] = problems
    if (problem) throw shopRefuses(`${what}: ${problem.message}`)
    return data ?? {}
  }

  const ask: typeof askOnce = (...asked) => retry(() => askOnce(...asked))

  /** The lines of a large order, or the variants of a large product, to the last. */
  const completed = async (
    resource: Pulled,
    node: Record<string, unknown>,
  ): Promise<Record<string, unknown>> => {
    const nested = NESTED[resource]
    if (nested === null) return node
    const { pageInfo, nodes } = listOf(nested, node[nested])
    const all = [...nodes]
    for (let page = pageInfo; page.hasNextPage;) {
      const data = await ask(nested, SHOPIFY_REST_QUERIES[nested], { id: node['id'], after: page.endCursor })
      const more = listOf(nested, (data['node'] as Record<string, unknown> | undefined)?.[nested])
      all.push(...more.nodes)
      page = more.pageInfo
    }
    return { ...node, [nested]: { nodes: all } }
  }

  return {
    count: async (resource, since) => {
      const data = await ask(resource, SHOPIFY_COUNTS[resource], { query: filterOf(since) })
      const { count } = (data['count'] ?? {}) as { count?: unknown }
      return typeof count === 'number' ? count : null
    },
    page: async (resource, cursor, since) => {
      const data = await ask(resource, SHOPIFY_QUERIES[resource], {
        first: FIRST[resource],
        after: cursor,
        query: filterOf(since),
      })
      const { pageInfo, nodes } = listOf(resource, data[resource])
      const payloads: unknown[] = []
      for (const node of nodes) {
        const read = FORMS[resource].safeParse(await completed(resource, node))
        // What cannot be read is told by the mapping, with its reason.
        payloads.push(read.success ? read.data : node)
      }
      return {
        topic: TOPICS[resource],
        payloads,
        next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      }
    },
  }
}
