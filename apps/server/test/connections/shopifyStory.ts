import { createHmac } from 'node:crypto'

/** One webhook as a shop's system would send it. */
export interface Call {
  topic: string
  payload: Record<string, unknown>
}

const money = (amount: string) => ({
  shop_money: { amount, currency_code: 'EUR' },
  presentment_money: { amount, currency_code: 'EUR' },
})

const lineItem = (n: number, quantity: number) => ({
  id: 866_550_311_766_439_000 + n,
  admin_graphql_api_id: `gid://shopify/LineItem/${866_550_311_766_439_000 + n}`,
  product_id: 632_910_392,
  variant_id: 808_950_810,
  title: 'Olive oil',
  variant_title: '500 ml',
  vendor: 'Finca',
  sku: 'OIL-500',
  quantity,
  price: '60.00',
  total_discount: '0.00',
  gift_card: false,
  taxable: true,
})

/**
 * What Shopify tells of one customer, in the form of its documentation (https://shopify.dev/docs/api/webhooks, the
 * topics by name, and https://shopify.dev/docs/api/admin-rest/latest/resources/order), without the many fields that
 * Ciclo has no use for. Two orders: one is changed, sent, delivered and partly given back, the other is cancelled.
 *
 * @param n tells stories apart
 */
export function shopifyStory(n: number): Call[] {
  const customerId = 207_119_551 + n
  const email = `bob${n}@shop.example`
  const customer = {
    id: customerId,
    email,
    created_at: '2025-11-30T09:00:00-05:00',
    updated_at: '2025-11-30T09:00:00-05:00',
    first_name: 'Bob',
    last_name: 'Norman',
    phone: '+16136120707',
    tags: 'Léon, Noël',
    currency: 'EUR',
    default_address: { country_code: 'ES', city: 'Jaén' },
    email_marketing_consent: { state: 'not_subscribed', opt_in_level: null, consent_updated_at: null },
  }
  const consent = (state: string, at: string) => ({
    state,
    opt_in_level: 'single_opt_in',
    consent_updated_at: at,
  })
  const orderId = 450_789_469 + n * 10
  const order = {
    id: orderId,
    admin_graphql_api_id: `gid://shopify/Order/${orderId}`,
    name: `#${1_001 + n}`,
    email,
    contact_email: email,
    test: false,
    created_at: '2025-12-02T10:00:00+01:00',
    processed_at: '2025-12-02T10:00:00+01:00',
    updated_at: '2025-12-02T10:00:02+01:00',
    cancelled_at: null,
    currency: 'EUR',
    financial_status: 'pending',
    total_price: '120.00',
    current_total_price: '120.00',
    subtotal_price: '110.00',
    total_tax: '10.00',
    total_discounts: '5.00',
    total_shipping_price_set: money('10.00'),
    checkout_token: `token-${n}`,
    cart_token: `cart-${n}`,
    customer_locale: 'es-ES',
    discount_codes: [{ code: 'SPRING', amount: '5.00', type: 'fixed_amount' }],
    customer,
    line_items: [lineItem(n, 2)],
    refunds: [],
    fulfillments: [],
  }
  const refund = {
    // As long as in the documentation: a number of JavaScript would round it.
    id: `big:89008818604789${2_000 + n}`,
    order_id: orderId,
    created_at: '2025-12-06T12:00:00Z',
    processed_at: '2025-12-06T12:00:00Z',
    note: 'one was broken',
    refund_line_items: [],
    transactions: [
      { id: n + 1, kind: 'refund', status: 'success', amount: '25.50', currency: 'EUR' },
      { id: n + 2, kind: 'refund', status: 'failure', amount: '4.50', currency: 'EUR' },
      { id: n + 3, kind: 'refund', status: 'success', amount: '4.50', currency: 'EUR' },
    ],
  }
  const parcel = {
    id: 255_858_046 + n,
    order_id: orderId,
    status: 'success',
    shipment_status: null,
    created_at: '2025-12-03T08:00:00Z',
    updated_at: '2025-12-03T08:00:00Z',
    email,
    tracking_company: 'Correos',
    tracking_number: 'PK1',
    tracking_url: 'https://correos.example/PK1',
  }
  const edited = {
    ...order,
    updated_at: '2025-12-03T08:00:01Z',
    financial_status: 'paid',
    total_price: '180.00',
    line_items: [lineItem(n, 3)],
    fulfillments: [parcel],
  }
  const returned = {
    ...edited,
    updated_at: '2025-12-06T12:00:03Z',
    financial_status: 'partially_refunded',
    current_total_price: '150.00',
    refunds: [refund],
  }
  const second = {
    ...order,
    id: orderId + 1,
    created_at: '2025-12-20T18:00:00Z',
    processed_at: '2025-12-20T18:00:00Z',
    updated_at: '2025-12-20T18:00:01Z',
    checkout_token: null,
    cart_token: null,
    total_price: '60.00',
    total_discounts: '0.00',
    discount_codes: [],
    line_items: [lineItem(n, 1)],
  }
  return [
    { topic: 'customers/create', payload: customer },
    {
      topic: 'checkouts/create',
      payload: {
        id: 901_414_060 + n,
        token: `token-${n}`,
        cart_token: `cart-${n}`,
        email,
        created_at: '2025-12-02T09:55:00+01:00',
        updated_at: '2025-12-02T09:56:00+01:00',
        completed_at: null,
        currency: 'EUR',
        total_price: '120.00',
        abandoned_checkout_url: `https://shop.example/recover/${n}`,
        discount_codes: [],
        line_items: [lineItem(n, 2)],
      },
    },
    { topic: 'orders/create', payload: order },
    { topic: 'orders/updated', payload: edited },
    { topic: 'orders/paid', payload: edited },
    { topic: 'fulfillments/create', payload: parcel },
    {
      topic: 'fulfillment_events/create',
      payload: {
        id: 944_956_392 + n,
        fulfillment_id: parcel.id,
        order_id: orderId,
        status: 'delivered',
        happened_at: '2025-12-05T11:00:00Z',
      },
    },
    { topic: 'refunds/create', payload: refund },
    { topic: 'orders/updated', payload: returned },
    {
      topic: 'customers/update',
      payload: {
        ...customer,
        first_name: 'Robert',
        updated_at: '2025-12-10T09:00:00Z',
        email_marketing_consent: consent('subscribed', '2025-12-10T09:00:00Z'),
      },
    },
    {
      topic: 'customers_email_marketing_consent/update',
      payload: {
        customer_id: customerId,
        email_address: email,
        email_marketing_consent: consent('unsubscribed', '2025-12-15T09:00:00Z'),
      },
    },
    { topic: 'orders/create', payload: second },
    {
      topic: 'orders/cancelled',
      payload: {
        ...second,
        updated_at: '2025-12-21T08:00:00Z',
        cancelled_at: '2025-12-21T08:00:00Z',
        cancel_reason: 'customer',
        financial_status: 'voided',
      },
    },
  ]
}

/** As Shopify posts it: https://shopify.dev/docs/apps/build/webhooks/subscribe/https */
export function shopifyRequest({ topic, payload }: Call, secret: string): RequestInit & { body: string } {
  const body = JSON.stringify(payload).replaceAll(/"big:(\d+)"/g, '$1')
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': 'example.myshopify.com',
      'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'x-shopify-triggered-at': '2025-12-30T10:00:00.000000000Z',
      'x-shopify-api-version': '2026-10',
    },
    body,
  }
}
