import { CicloError } from '../../errors.ts'
import type { PostWebhook } from '../../webhooks/postWebhook.ts'
import { askShop } from '../pull/askShop.ts'
import { shopUnavailable, type Pulled, type PullSource, type Retry } from '../pull/pullSource.ts'

/** The most that WooCommerce gives at once. */
const PER_PAGE = 100
/**
 * Rows are fetched by their place in the order of their ids: new ones come at the end, but each that is deleted meanwhile
 * moves those behind it forward. So a page begins with the last of the one before: what comes twice counts once.
 */
const OVERLAP = 10

const TOPICS = {
  products: 'product.updated',
  customers: 'customer.updated',
  orders: 'order.updated',
} as const

interface WooAccess {
  address: string
  key: string
  keySecret: string
}

const isLoopback = ({ hostname }: URL) => hostname === '127.0.0.1' || hostname === 'localhost'

const changedSince = (since: number | null): Record<string, string> =>
  since === null ? {} : { modified_after: new Date(since).toISOString().slice(0, 19), dates_are_gmt: 'true' }
/** Customers cannot be asked for by their last change, and those without an account are in their orders. */
const filterOf = (resource: Pulled, since: number | null) =>
  resource === 'customers' ? { role: 'all' } : changedSince(since)

/**
 * WooCommerce's REST API, version 3: https://developer.woocommerce.com/docs/apis/rest-api/. Throws `bad-request` where the
 * key would go over an open line.
 */
export function createWooSource(
  post: PostWebhook,
  { address, key, keySecret }: WooAccess,
  retry: Retry,
): PullSource {
  const shop = new URL(address)
  if (shop.protocol !== 'https:' && !isLoopback(shop))
    throw new CicloError(
      'bad-request',
      `address: given ${address}, expected https: the key would be read by anybody on the way`,
    )
  const authorization = `Basic ${Buffer.from(`${key}:${keySecret}`).toString('base64')}`
  const ask = async (path: string, query: Record<string, string>, wanted?: string) => {
    const url = new URL(`/wp-json/wc/v3/${path}`, shop)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const request = { method: 'GET' as const, url: url.href, headers: { authorization }, body: '' }
    return await retry(() => askShop(post, wanted === undefined ? request : { ...request, wanted }, path))
  }
  /** Orders tell of their refunds only how much: each has a date of its own. */
  const withRefunds = async (order: unknown): Promise<unknown> => {
    const { id, refunds } = order as { id?: unknown; refunds?: unknown }
    if (!Array.isArray(refunds) || refunds.length === 0 || typeof id !== 'number') return order
    const { body } = await ask(`orders/${id}/refunds`, { per_page: String(PER_PAGE) })
    if (!Array.isArray(body)) return order
    return {
      ...(order as object),
      refunds: (body as { id?: unknown; amount?: unknown; date_created_gmt?: unknown }[]).map((refund) => ({
        id: refund.id,
        total: typeof refund.amount === 'string' ? `-${refund.amount.replace(/^-/, '')}` : refund.amount,
        date_created_gmt: refund.date_created_gmt,
      })),
    }
  }

  return {
    count: async (resource, since) => {
      const { header } = await ask(resource, { per_page: '1', ...filterOf(resource, since) }, 'x-wp-total')
      const total = Number(header)
      return header === undefined || !Number.isSafeInteger(total) ? null : total
    },
    page: async (resource, cursor, since) => {
      const read = cursor === null ? 0 : Number(cursor)
      const offset = Math.max(0, read - OVERLAP)
      const { body } = await ask(resource, {
        per_page: String(PER_PAGE),
        offset: String(offset),
        orderby: 'id',
        order: 'asc',
        ...filterOf(resource, since),
      })
      if (!Array.isArray(body)) throw shopUnavailable(`${shop.host}, ${resource}: expected a list`)
      const payloads: unknown[] = []
      for (const one of body) payloads.push(resource === 'orders' ? await withRefunds(one) : one)
      const next = body.length < PER_PAGE ? null : String(offset + body.length)
      return { topic: TOPICS[resource], payloads, next }
    },
  }
}
