import { createHmac } from 'node:crypto'
import type { Call } from './shopifyStory.ts'

/**
 * What WooCommerce tells of one customer, in the form of its documentation
 * (https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/, customers and webhooks beside it), without the
 * fields that Ciclo has no use for. Two orders: one by bank transfer that is paid, sent and partly given back, one that
 * is cancelled.
 *
 * @param n tells stories apart
 */
export function wooStory(n: number): Call[] {
  const email = `eva${n}@shop.example`
  const customer = {
    id: 25 + n,
    date_created: '2025-11-30T10:00:00',
    date_created_gmt: '2025-11-30T09:00:00',
    date_modified: '2025-11-30T10:00:00',
    date_modified_gmt: '2025-11-30T09:00:00',
    email,
    first_name: 'Eva',
    last_name: 'Nowak',
    role: 'customer',
    username: `eva${n}`,
    billing: {
      first_name: 'Eva',
      last_name: 'Nowak',
      country: 'PL',
      city: 'Łódź',
      phone: '600 100 200',
      email,
    },
    is_paying_customer: false,
  }
  const orderId = 727 + n * 10
  const order = {
    id: orderId,
    parent_id: 0,
    number: String(orderId),
    order_key: `wc_order_${n}`,
    created_via: 'checkout',
    status: 'pending',
    currency: 'PLN',
    date_created: '2025-12-02T10:00:00',
    date_created_gmt: '2025-12-02T09:00:00',
    date_modified: '2025-12-02T10:00:00',
    date_modified_gmt: '2025-12-02T09:00:00',
    date_paid_gmt: null,
    date_completed_gmt: null,
    discount_total: '10.00',
    shipping_total: '15.00',
    total: '129.35',
    total_tax: '24.35',
    customer_id: customer.id,
    payment_method: 'bacs',
    billing: customer.billing,
    coupon_lines: [{ id: 1, code: 'wiosna', discount: '10.00' }],
    line_items: [
      {
        id: 315,
        name: 'Herbata – 100 g',
        product_id: 93,
        variation_id: 0,
        quantity: 2,
        subtotal: '114.35',
        total: '104.35',
        sku: 'TEA-1',
        price: 52.175,
        image: { id: 1, src: 'https://shop.example/tea.jpg' },
      },
    ],
    refunds: [],
  }
  const waiting = { ...order, status: 'on-hold', date_modified_gmt: '2025-12-02T09:00:05' }
  const paid = {
    ...order,
    status: 'processing',
    date_modified_gmt: '2025-12-03T07:00:00',
    date_paid_gmt: '2025-12-03T07:00:00',
  }
  const sent = {
    ...paid,
    status: 'completed',
    date_modified_gmt: '2025-12-04T07:00:00',
    date_completed_gmt: '2025-12-04T07:00:00',
  }
  const second = {
    ...order,
    id: orderId + 1,
    order_key: `wc_order_${n}_2`,
    status: 'processing',
    payment_method: 'cod',
    date_created_gmt: '2025-12-20T18:00:00',
    date_modified_gmt: '2025-12-20T18:00:00',
    total: '40.00',
    discount_total: '0.00',
    coupon_lines: [],
  }
  return [
    { topic: 'customer.created', payload: customer },
    { topic: 'order.created', payload: order },
    { topic: 'order.updated', payload: waiting },
    { topic: 'order.updated', payload: paid },
    { topic: 'order.updated', payload: sent },
    {
      topic: 'order.updated',
      payload: {
        ...sent,
        date_modified_gmt: '2025-12-08T07:00:00',
        refunds: [{ id: 900 + n, reason: 'one was broken', total: '-29.35' }],
      },
    },
    {
      topic: 'customer.updated',
      payload: { ...customer, first_name: 'Ewa', date_modified_gmt: '2025-12-10T09:00:00' },
    },
    { topic: 'order.created', payload: second },
    {
      topic: 'order.updated',
      payload: { ...second, status: 'cancelled', date_modified_gmt: '2025-12-21T08:00:00' },
    },
  ]
}

/** As WooCommerce posts it: https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/ */
export function wooRequest({ topic, payload }: Call, secret: string): RequestInit & { body: string } {
  const body = JSON.stringify(payload)
  const [resource = '', event = ''] = topic.split('.')
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'WooCommerce/10.3.5 Hookshot (WordPress/6.9)',
      'x-wc-webhook-source': 'https://shop.example/',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      'x-wc-webhook-id': '3',
      'x-wc-webhook-delivery-id': '36e520ebabc2fa725092ff4a47acedf2',
    },
    body,
  }
}
