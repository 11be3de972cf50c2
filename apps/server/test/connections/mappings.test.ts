import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { MapContext, Mapped } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/platforms.ts'

const CONTEXT: MapContext = {
  currency: 'EUR',
  address: 'https://shop.example',
  knowsIds: true,
  at: Date.UTC(2026, 0, 2),
  nameOf: (thing) => `name of ${thing}`,
}

/** https://shopify.dev/docs/api/admin-rest/latest/resources/product */
const SHOPIFY_PRODUCT = {
  id: 632910392,
  title: 'IPod Nano - 8GB',
  body_html: '<p>It is small.</p>',
  vendor: 'Apple',
  product_type: 'Cult Products',
  handle: 'ipod-nano',
  status: 'active',
  published_at: '2025-12-31T19:00:00-05:00',
  updated_at: '2026-01-01T19:00:00-05:00',
  images: [
    { id: 850703190, src: 'https://cdn.shopify.com/p/ipod-nano.png' },
    { id: 562641783, src: '//cdn.shopify.com/p/ipod-nano-2.png' },
    { id: 1, src: 'javascript:alert(1)' },
  ],
  variants: [
    {
      id: 808950810,
      sku: 'IPOD2008PINK',
      title: 'Pink',
      price: '199.00',
      compare_at_price: '249.00',
      inventory_quantity: 10,
      inventory_management: 'shopify',
      inventory_policy: 'deny',
      image_id: 562641783,
    },
    {
      id: 49148385,
      sku: 'IPOD2008RED',
      title: 'Red',
      price: '189.50',
      compare_at_price: null,
      inventory_quantity: -2,
      inventory_management: 'shopify',
      inventory_policy: 'deny',
      image_id: null,
    },
  ],
}
const withVariants = (change: Record<string, unknown>) => ({
  ...SHOPIFY_PRODUCT,
  variants: SHOPIFY_PRODUCT.variants.map((variant) => ({ ...variant, ...change })),
})

/** https://developer.woocommerce.com/docs/apis/rest-api/v3/products/ */
const WOO_PRODUCT = {
  id: 794,
  parent_id: 0,
  name: 'Premium Quality',
  permalink: 'https://shop.example/product/premium-quality-19/',
  date_modified_gmt: '2026-01-01T20:01:14',
  status: 'publish',
  catalog_visibility: 'visible',
  sku: 'PQ-19',
  price: '19.99',
  regular_price: '21.99',
  sale_price: '19.99',
  on_sale: true,
  manage_stock: true,
  stock_quantity: 7,
  stock_status: 'instock',
  backorders_allowed: false,
  categories: [{ id: 9, name: 'Clothing', slug: 'clothing' }],
  images: [{ id: 792, src: 'https://shop.example/T_2_front.jpg', alt: '' }],
}

const productOf = ({ products }: Mapped) => products[0]
const shopifyProduct = (payload: unknown, context = CONTEXT) =>
  productOf(platforms.shopify.map('products/update', payload, context))
const wooProduct = (payload: unknown) =>
  productOf(platforms.woocommerce.map('product.updated', payload, CONTEXT))

describe('a product', () => {
  it('of Shopify has all that the catalogue knows', () => {
    expect(shopifyProduct(SHOPIFY_PRODUCT)).toEqual({
      id: '632910392',
      updatedAt: Date.UTC(2026, 0, 2),
      sku: 'IPOD2008PINK',
      name: 'IPod Nano - 8GB',
      brand: 'Apple',
      category: 'Cult Products',
      url: 'https://shop.example/products/ipod-nano',
      images: ['https://cdn.shopify.com/p/ipod-nano.png', 'https://cdn.shopify.com/p/ipod-nano-2.png'],
      prices: [{ currency: 'EUR', price: 18_950, previous: null }],
      stock: 10,
      hidden: false,
      variants: [
        {
          id: '808950810',
          sku: 'IPOD2008PINK',
          name: 'Pink',
          prices: [{ currency: 'EUR', price: 19_900, previous: 24_900 }],
          stock: 10,
          imageUrl: 'https://cdn.shopify.com/p/ipod-nano-2.png',
        },
        {
          id: '49148385',
          sku: 'IPOD2008RED',
          name: 'Red',
          prices: [{ currency: 'EUR', price: 18_950, previous: null }],
          stock: 0,
          imageUrl: null,
        },
      ],
    })
  })

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      'is sold without end where nobody counts it',
      withVariants({ inventory_management: null }),
      { stock: null },
    ],
    ['is sold beyond what is there', withVariants({ inventory_policy: 'continue' }), { stock: null }],
    ['is out of stock', withVariants({ inventory_quantity: 0 }), { stock: 0 }],
    ['is a draft', { ...SHOPIFY_PRODUCT, status: 'draft' }, { hidden: true }],
    ['is not published', { ...SHOPIFY_PRODUCT, published_at: null }, { hidden: true }],
    ['has no price', withVariants({ price: 'ask us' }), { prices: [] }],
    [
      'has a handle that is none',
      { ...SHOPIFY_PRODUCT, handle: '../"><b>' },
      { url: 'https://shop.example/products/..%2F%22%3E%3Cb%3E' },
    ],
  ])('of Shopify %s', (_name, payload, expected) => {
    expect(shopifyProduct(payload)).toMatchObject(expected)
  })

  it('of Shopify has no address where nobody has said where the shop is', () => {
    expect(shopifyProduct(SHOPIFY_PRODUCT, { ...CONTEXT, address: null })).not.toHaveProperty('url')
  })

  it('of WooCommerce has all that the catalogue knows', () => {
    expect(wooProduct(WOO_PRODUCT)).toEqual({
      id: '794',
      updatedAt: Date.UTC(2026, 0, 1, 20, 1, 14),
      sku: 'PQ-19',
      name: 'Premium Quality',
      category: 'Clothing',
      url: 'https://shop.example/product/premium-quality-19/',
      images: ['https://shop.example/T_2_front.jpg'],
      prices: [{ currency: 'EUR', price: 1_999, previous: 2_199 }],
      stock: 7,
      hidden: false,
    })
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['is out of stock', { stock_status: 'outofstock' }, { stock: 0 }],
    ['is not counted', { manage_stock: false, stock_quantity: null }, { stock: null }],
    ['is sold beyond what is there', { backorders_allowed: true }, { stock: null }],
    ['is not reduced', { on_sale: false }, { prices: [{ currency: 'EUR', price: 1_999, previous: null }] }],
    ['is a draft', { status: 'draft' }, { hidden: true }],
    ['is hidden', { catalog_visibility: 'hidden' }, { hidden: true }],
  ])('of WooCommerce %s', (_name, change, expected) => {
    expect(wooProduct({ ...WOO_PRODUCT, ...change })).toMatchObject(expected)
  })

  it.each([
    ['shopify', 'products/delete', { id: 632910392 }, '632910392'],
    ['woocommerce', 'product.deleted', { id: 794 }, '794'],
  ] as const)('of %s that is deleted is hidden', (platform, topic, payload, id) => {
    expect(productOf(platforms[platform].map(topic, payload, CONTEXT))).toEqual({
      id,
      updatedAt: CONTEXT.at,
      hidden: true,
    })
  })
})

const ORDER = {
  id: 1,
  email: 'bob@shop.example',
  created_at: '2026-01-01T10:00:00Z',
  updated_at: '2026-01-01T10:00:00Z',
  currency: 'EUR',
  total_price: '10.00',
  financial_status: 'paid',
  line_items: [],
}
const WOO_ORDER = {
  id: 1,
  status: 'processing',
  currency: 'EUR',
  date_created_gmt: '2026-01-01T10:00:00',
  date_modified_gmt: '2026-01-01T10:00:00',
  date_paid_gmt: '2026-01-01T10:00:00',
  total: '10.00',
  customer_id: 0,
  billing: { email: 'eva@shop.example' },
  line_items: [],
  refunds: [],
}
const namesOf = ({ events, ignored }: Mapped) =>
  ignored === undefined ? events.map(({ name }) => name ?? 'identify') : ignored

describe('an order', () => {
  it.each<[string, Record<string, unknown>, string | string[]]>([
    ['is told with its payment', {}, ['Order Completed', 'Order Updated', 'Payment Completed']],
    [
      'waits for its payment',
      { financial_status: 'pending' },
      ['Order Completed', 'Order Updated', 'Payment Pending'],
    ],
    [
      'is cancelled, and waits for nothing any more',
      { financial_status: 'voided', cancelled_at: '2026-01-01T11:00:00Z' },
      ['Order Completed', 'Order Updated', 'Order Cancelled'],
    ],
    ['is of a test', { test: true }, 'it is an order of a test'],
    ['was made at a till, for nobody', { email: '', customer: null }, 'it names no customer'],
    [
      'gives goods back and no money',
      { refunds: [{ id: 5, created_at: '2026-01-01T12:00:00Z', transactions: [] }] },
      ['Order Completed', 'Order Updated', 'Payment Completed'],
    ],
    [
      'has a parcel that was called off',
      { fulfillments: [{ id: 6, status: 'cancelled', created_at: '2026-01-01T12:00:00Z' }] },
      ['Order Completed', 'Order Updated', 'Payment Completed'],
    ],
    [
      'can be picked up',
      {
        fulfillments: [
          {
            id: 6,
            status: 'success',
            shipment_status: 'ready_for_pickup',
            created_at: '2026-01-01T12:00:00Z',
          },
        ],
      },
      ['Order Completed', 'Order Updated', 'Payment Completed', 'Order Shipped', 'Order Ready for Pickup'],
    ],
  ])('of Shopify %s', (_name, change, expected) => {
    expect(namesOf(platforms.shopify.map('orders/updated', { ...ORDER, ...change }, CONTEXT))).toEqual(
      expected,
    )
  })

  it.each<[string, Record<string, unknown>, string | string[]]>([
    ['is paid', {}, ['Order Completed', 'Order Updated', 'Payment Completed']],
    ['is to be paid on delivery', { date_paid_gmt: null }, ['Order Completed', 'Order Updated']],
    [
      'waits for a transfer',
      { status: 'on-hold', date_paid_gmt: null },
      ['Order Completed', 'Order Updated', 'Payment Pending'],
    ],
    ['is a till so far', { status: 'pending', date_paid_gmt: null }, ['Checkout Started']],
    ['could not be paid', { status: 'failed', date_paid_gmt: null }, ['Payment Failed']],
    [
      'is given back as a whole',
      { status: 'refunded' },
      ['Order Completed', 'Order Updated', 'Payment Completed', 'Order Refunded'],
    ],
    ['is cancelled', { status: 'cancelled' }, ['Order Cancelled']],
    [
      'is in a state of a plug-in',
      { status: 'wc-custom' },
      'nothing follows from an order that is wc-custom',
    ],
    ['is of nobody', { billing: {} }, 'it names no customer'],
  ])('of WooCommerce %s', (_name, change, expected) => {
    expect(namesOf(platforms.woocommerce.map('order.updated', { ...WOO_ORDER, ...change }, CONTEXT))).toEqual(
      expected,
    )
  })

  it('goes by the address alone where the pages of the shop know no ids of its system', () => {
    const order = { ...ORDER, customer: { id: 7, email: 'bob@shop.example' } }
    const [known] = platforms.shopify.map('orders/create', order, CONTEXT).events
    const [unknown] = platforms.shopify.map('orders/create', order, { ...CONTEXT, knowsIds: false }).events
    expect([known?.userId, unknown?.userId]).toEqual(['7', undefined])
    expect(unknown).toMatchObject({ anonymousId: 'name of order/1', traits: { email: 'bob@shop.example' } })
  })

  it('keeps every digit of a long id', () => {
    const raw = Buffer.from(
      '{"id":890088186047892319,"order_id":820982911946154508,"created_at":"2026-01-01T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"5.00"}]}',
    )
    const delivery = signedByShopify(raw, 'refunds/create')
    expect(platforms.shopify.map('refunds/create', delivery?.payload, CONTEXT).events[0]).toMatchObject({
      id: 'shopify/refund/890088186047892319/5',
      properties: { order_id: '820982911946154508', refund_id: '890088186047892319', total: 5 },
    })
  })
})

function signedByShopify(raw: Buffer, topic: string) {
  const headers: Record<string, string> = {
    'x-shopify-hmac-sha256': createHmac('sha256', 'hush').update(raw).digest('base64'),
    'x-shopify-topic': topic,
  }
  return platforms.shopify.readDelivery({
    raw,
    header: (name) => headers[name],
    secret: 'hush',
    now: CONTEXT.at,
  })
}

describe('a call of a shop of its own make', () => {
  const secret = `whsec_${Buffer.from('a secret of the shop').toString('base64')}`
  const read = (body: string, { at = CONTEXT.at, id = 'call-1', sign = secret, signed = body } = {}) => {
    const headers: Record<string, string> = {
      'webhook-id': id,
      'webhook-timestamp': String(at / 1_000),
      'webhook-signature': `v1,AAAA ${new Webhook(sign).sign(id, new Date(at), signed)}`,
    }
    return platforms.generic.readDelivery({
      raw: Buffer.from(body),
      header: (name) => headers[name],
      secret,
      now: CONTEXT.at,
    })
  }
  const event = {
    messageId: 'm1',
    type: 'track',
    event: 'Order Completed',
    timestamp: '2026-01-01T10:00:00Z',
    userId: 7,
  }
  const body = JSON.stringify({ events: [event], products: [{ id: 'p1', updatedAt: 1 }] })

  it('is read where it is signed as Standard Webhooks says', () => {
    const delivery = read(body)
    expect(platforms.generic.map('shop', delivery?.payload, CONTEXT)).toEqual({
      events: [
        {
          id: 'shop/m1',
          at: Date.UTC(2026, 0, 1, 10),
          type: 'track',
          name: 'Order Completed',
          userId: '7',
          properties: {},
          traits: {},
        },
      ],
      products: [{ id: 'p1', updatedAt: 1 }],
    })
  })

  it.each<[string, Parameters<typeof read>, RegExp]>([
    ['was signed six minutes ago', [body, { at: CONTEXT.at - 360_000 }], /more than five minutes/],
    ['was signed in the future', [body, { at: CONTEXT.at + 360_000 }], /more than five minutes/],
    ['was changed', [body, { signed: `${body} ` }], /does not fit the body/],
    ['is signed with another secret', [body, { sign: 'whsec_AAAA' }], /does not fit the body/],
  ])('is refused where it %s', (_name, given, expected) => {
    expect(() => read(...given)).toThrow(expected)
  })

  it.each<[string, unknown, string]>([
    ['has nothing', {}, 'shop: payload: expected events or products, given neither'],
    [
      'names nobody',
      { events: [{ ...event, userId: undefined }] },
      'shop: events.0.userId: expected a userId',
    ],
    ['has no name', { events: [{ ...event, event: undefined }] }, 'shop: events.0.event: expected the name'],
    ['has no time', { events: [{ ...event, timestamp: 'now' }] }, 'shop: events.0.timestamp: given "now"'],
    [
      'has a price in words',
      { products: [{ id: 'p', updatedAt: 1, prices: [{ currency: 'euro', price: 1 }] }] },
      'shop: products.0.prices.0.currency: given "euro"',
    ],
  ])('says what is wrong where it %s', (_name, payload, expected) => {
    expect(() => platforms.generic.map('shop', payload, CONTEXT)).toThrow(expected)
  })
})
