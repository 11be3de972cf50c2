import type { ShopAnswer, ShopRequest } from './startShop.ts'

type Row = Record<string, unknown> & { id: number }

export interface WooShop {
  customers: Row[]
  products: Row[]
  orders: Row[]
}

/** Woo's own words for a wrong key: https://developer.woocommerce.com/docs/apis/rest-api/v3/errors/ */
const UNAUTHORIZED = {
  status: 401,
  body: {
    code: 'woocommerce_rest_cannot_view',
    message: 'Sorry, you cannot list resources.',
    data: { status: 401 },
  },
}

/**
 * WooCommerce's REST API, version 3, as it is documented (https://developer.woocommerce.com/docs/apis/rest-api/v3/): lists
 * by `per_page`, `offset`, `orderby`, `order` and `modified_after`, with `X-WP-Total`; the refunds of an order.
 *
 * @param trouble answers some requests in another way: a server that is busy, or a plug-in that writes into its answers
 */
export const wooShop =
  (shop: WooShop, key: string, secret: string, trouble: (request: ShopRequest) => ShopAnswer | undefined) =>
  (request: ShopRequest): ShopAnswer => {
    const { url } = request
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
    if (request.header('authorization') !== expected) return UNAUTHORIZED
    const troubled = trouble(request)
    if (troubled) return troubled
    const refunds = /^\/wp-json\/wc\/v3\/orders\/(\d+)\/refunds$/.exec(url.pathname)
    if (refunds) {
      const order = shop.orders.find(({ id }) => id === Number(refunds[1]))
      const list = (order?.['refunds'] ?? []) as { id: number; total: string }[]
      return {
        body: list.map(({ id, total }) => ({
          id,
          amount: total.replace('-', ''),
          date_created_gmt: '2025-12-08T07:00:00',
          reason: '',
        })),
      }
    }
    const resource = /^\/wp-json\/wc\/v3\/(customers|products|orders)$/.exec(url.pathname)?.[1] as
      | keyof WooShop
      | undefined
    if (!resource) return { status: 404, body: { code: 'rest_no_route', message: 'No route was found' } }
    const query = (name: string) => url.searchParams.get(name)
    if (Number(query('per_page')) > 100)
      return {
        status: 400,
        body: { code: 'rest_invalid_param', message: 'per_page must be between 1 and 100' },
      }
    const since = query('modified_after')
    const rows = shop[resource]
      .filter((row) => since === null || String(row['date_modified_gmt']) > since)
      .toSorted((one, other) => one.id - other.id)
    const offset = Number(query('offset') ?? 0)
    return {
      headers: { 'x-wp-total': String(rows.length) },
      body: rows.slice(offset, offset + Number(query('per_page') ?? 10)),
    }
  }
