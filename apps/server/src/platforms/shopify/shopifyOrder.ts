import { z } from 'zod'
import { amountField, idField, listField, optionalTime, textField, timeField } from '../readFields.ts'

/** A line of an order or a checkout. Lines without a product are custom ones, such as a tip. */
export const ShopifyLineSchema = z.object({
  id: idField.nullish(),
  product_id: idField.nullish(),
  variant_id: idField.nullish(),
  sku: textField,
  title: textField,
  variant_title: textField,
  vendor: textField,
  quantity: z.number().catch(1),
  price: amountField,
})

const TransactionSchema = z.object({ kind: textField, status: textField, amount: amountField })

/** https://shopify.dev/docs/api/admin-rest/latest/resources/refund */
export const ShopifyRefundSchema = z.object({
  id: idField,
  order_id: idField.nullish(),
  created_at: timeField,
  processed_at: optionalTime,
  transactions: listField(TransactionSchema),
})

/** https://shopify.dev/docs/api/admin-rest/latest/resources/fulfillment */
export const ShopifyFulfillmentSchema = z.object({
  id: idField,
  order_id: idField.nullish(),
  status: textField,
  shipment_status: textField,
  created_at: timeField,
  updated_at: optionalTime,
  email: textField,
  tracking_company: textField,
  tracking_number: textField,
  tracking_url: textField,
})

const MoneySetSchema = z
  .object({ shop_money: z.object({ amount: amountField }).nullish() })
  .nullish()
  .catch(undefined)

/** https://shopify.dev/docs/api/admin-rest/latest/resources/order: what a webhook tells of an order, all of it each time. */
export const ShopifyOrderSchema = z.object({
  id: idField,
  name: textField,
  email: textField,
  contact_email: textField,
  created_at: timeField,
  processed_at: optionalTime,
  updated_at: timeField,
  cancelled_at: optionalTime,
  cancel_reason: textField,
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  total_price: amountField,
  subtotal_price: amountField,
  total_tax: amountField,
  total_discounts: amountField,
  total_shipping_price_set: MoneySetSchema,
  financial_status: textField,
  test: z.boolean().nullish().catch(false),
  checkout_token: textField,
  cart_token: textField,
  customer_locale: textField,
  discount_codes: listField(z.object({ code: textField })),
  customer: z.object({ id: idField, email: textField }).nullish().catch(undefined),
  line_items: listField(ShopifyLineSchema),
  refunds: listField(ShopifyRefundSchema),
  fulfillments: listField(ShopifyFulfillmentSchema),
})

export type ShopifyOrder = z.infer<typeof ShopifyOrderSchema>
export type ShopifyRefund = z.infer<typeof ShopifyRefundSchema>
export type ShopifyFulfillment = z.infer<typeof ShopifyFulfillmentSchema>
export type ShopifyLine = z.infer<typeof ShopifyLineSchema>
