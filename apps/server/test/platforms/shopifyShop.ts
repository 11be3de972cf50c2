import type { ShopAnswer, ShopRequest } from './startShop.ts'

type Row = Record<string, unknown> & { id: number }

export interface ShopifyShop {
  customers: Row[]
  products: Row[]
  orders: Row[]
}

const money = (amount: unknown) => ({ shopMoney: { amount: String(amount) } })
const upper = (text: unknown) => (typeof text === 'string' ? text.toUpperCase() : null)
type Line = Record<string, unknown>

const lineNode = (line: Line) => ({
  title: line['title'],
  quantity: line['quantity'],
  sku: line['sku'],
  variantTitle: line['variant_title'],
  vendor: line['vendor'],
  product: { legacyResourceId: String(line['product_id']) },
  variant: { legacyResourceId: String(line['variant_id']) },
  originalUnitPriceSet: money(line['price']),
})

/** A webhook's order as the GraphQL Admin API tells it. */
const orderNode = (order: Row) => ({
  id: `gid://shopify/Order/${order.id}`,
  legacyResourceId: String(order.id),
  name: order['name'],
  email: order['email'],
  test: order['test'],
  createdAt: order['created_at'],
  processedAt: order['processed_at'],
  updatedAt: order['updated_at'],
  cancelledAt: order['cancelled_at'],
  cancelReason: upper(order['cancel_reason']),
  currencyCode: order['currency'],
  customerLocale: order['customer_locale'],
  displayFinancialStatus: upper(order['financial_status']),
  discountCodes: (order['discount_codes'] as Line[]).map(({ code }) => code),
  totalPriceSet: money(order['total_price']),
  subtotalPriceSet: money(order['subtotal_price']),
  totalTaxSet: money(order['total_tax']),
  totalDiscountsSet: money(order['total_discounts']),
  totalShippingPriceSet: money('10.00'),
  customer: {
    legacyResourceId: String((order['customer'] as Row).id),
    defaultEmailAddress: { emailAddress: (order['customer'] as Row)['email'] },
  },
  lineItems: order['line_items'] as Line[],
  refunds: (order['refunds'] as Line[]).map((refund) => ({
    legacyResourceId: String(refund['id']).replace('big:', ''),
    createdAt: refund['created_at'],
    processedAt: refund['processed_at'],
    transactions: {
      nodes: (refund['transactions'] as Line[]).map(({ kind, status, amount }) => ({
        kind: upper(kind),
        status: upper(status),
        amountSet: money(amount),
      })),
    },
  })),
  fulfillments: (order['fulfillments'] as Line[]).map((parcel) => ({
    legacyResourceId: String(parcel['id']),
    status: upper(parcel['status']),
    displayStatus: upper(parcel['shipment_status']),
    createdAt: parcel['created_at'],
    updatedAt: parcel['updated_at'],
    trackingInfo: [
      { company: parcel['tracking_company'], number: parcel['tracking_number'], url: parcel['tracking_url'] },
    ],
  })),
})

const customerNode = (customer: Row) => {
  const consent = customer['email_marketing_consent'] as Line
  const place = customer['default_address'] as Line
  return {
    legacyResourceId: String(customer.id),
    createdAt: customer['created_at'],
    updatedAt: customer['updated_at'],
    firstName: customer['first_name'],
    lastName: customer['last_name'],
    tags: String(customer['tags']).split(', '),
    locale: 'es',
    defaultEmailAddress: {
      emailAddress: customer['email'],
      marketingState: upper(consent['state']),
      marketingOptInLevel: upper(consent['opt_in_level']),
      marketingUpdatedAt: consent['consent_updated_at'],
    },
    defaultPhoneNumber: { phoneNumber: customer['phone'] },
    defaultAddress: { countryCodeV2: place['country_code'], city: place['city'] },
  }
}

const productNode = (product: Row) => ({
  id: `gid://shopify/Product/${product.id}`,
  legacyResourceId: String(product.id),
  title: product['title'],
  handle: product['handle'],
  vendor: product['vendor'],
  productType: product['product_type'],
  status: 'ACTIVE',
  updatedAt: product['updated_at'],
  publishedAt: product['updated_at'],
  images: { nodes: [] },
  variants: product['variants'] as Line[],
})

const variantNode = (variant: Line) => ({
  legacyResourceId: String(variant['id']),
  sku: variant['sku'],
  title: variant['title'],
  price: variant['price'],
  compareAtPrice: null,
  inventoryQuantity: variant['inventory_quantity'],
  inventoryPolicy: 'DENY',
  inventoryItem: { tracked: true },
  image: null,
})

/** Cursors are opaque to whoever follows them. */
const cursorOf = (place: number) => Buffer.from(`place:${place}`).toString('base64')
const placeOf = (cursor: unknown) =>
  typeof cursor === 'string' ? Number(Buffer.from(cursor, 'base64').toString().slice('place:'.length)) : 0

function connection<Node, Shown>(
  rows: readonly Node[],
  first: number,
  after: unknown,
  show: (row: Node) => Shown,
) {
  const start = placeOf(after)
  const nodes = rows.slice(start, start + first).map(show)
  const end = start + nodes.length
  return { pageInfo: { hasNextPage: end < rows.length, endCursor: cursorOf(end) }, nodes }
}

/**
 * Shopify's GraphQL Admin API as it is documented (https://shopify.dev/docs/api/admin-graphql, and usage/rate-limits): lists by
 * cursors, nested lists by their node, a bucket of points that runs empty (`THROTTLED`), counts.
 *
 * @param pieces how many lines or variants stand in a page of their order or product
 */
export function shopifyShop(shop: ShopifyShop, token: string, { pieces = 1 } = {}) {
  let points = 500
  const answer = (request: ShopRequest): ShopAnswer => {
    if (request.header('x-shopify-access-token') !== token)
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      }
    const { query, variables } = JSON.parse(request.body) as {
      query: string
      variables: Record<string, unknown>
    }
    const cost = Math.max(2, Number(variables['first'] ?? 1))
    const extensions = {
      cost: {
        requestedQueryCost: cost,
        actualQueryCost: null as number | null,
        throttleStatus: { maximumAvailable: 500, currentlyAvailable: points, restoreRate: 50 },
      },
    }
    if (points < cost) {
      // As if it had been asked again only when there are enough.
      points = 500
      return { body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions } }
    }
    points -= cost
    const since = /updated_at:>='(.*)'/.exec(
      typeof variables['query'] === 'string' ? variables['query'] : '',
    )?.[1]
    const rowsOf = (resource: keyof ShopifyShop) =>
      shop[resource]
        .filter((row) => since === undefined || Date.parse(String(row['updated_at'])) >= Date.parse(since))
        .toSorted((one, other) => one.id - other.id)
    const operation = /^query (\w+)/.exec(query)?.[1] ?? ''
    const { first, after, id } = variables
    const lines = (rows: unknown, from: unknown, many: number) =>
      connection(rows as Line[], many, from, lineNode)
    const variants = (rows: unknown, from: unknown, many: number) =>
      connection(rows as Line[], many, from, variantNode)
    const found = (rows: Row[]) => rows.find((row) => String(id).endsWith(`/${row.id}`))
    const data: Record<string, () => unknown> = {
      Orders: () => ({
        orders: connection(rowsOf('orders'), Number(first), after, (row) => {
          const node = orderNode(row)
          return { ...node, lineItems: lines(node.lineItems, undefined, pieces) }
        }),
      }),
      Customers: () => ({ customers: connection(rowsOf('customers'), Number(first), after, customerNode) }),
      Products: () => ({
        products: connection(rowsOf('products'), Number(first), after, (row) => {
          const node = productNode(row)
          return { ...node, variants: variants(node.variants, undefined, pieces) }
        }),
      }),
      LineItems: () => ({ node: { lineItems: lines(found(shop.orders)?.['line_items'], after, 100) } }),
      Variants: () => ({ node: { variants: variants(found(shop.products)?.['variants'], after, 100) } }),
      OrderCount: () => ({ count: { count: rowsOf('orders').length } }),
      CustomerCount: () => ({ count: { count: rowsOf('customers').length } }),
      ProductCount: () => ({ count: { count: rowsOf('products').length } }),
    }
    const made = data[operation]
    return made
      ? { body: { data: made(), extensions } }
      : {
          body: {
            errors: [{ message: `Unknown operation ${operation}`, extensions: { code: 'undefinedField' } }],
          },
        }
  }
  return answer
}
