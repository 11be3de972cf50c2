import { z } from 'zod'
import { amountField, idField, listField, textField } from '../readFields.ts'

const moneyField = z
  .object({ shopMoney: z.object({ amount: amountField }) })
  .nullish()
  .transform((money) => money?.shopMoney.amount)

const LineSchema = z
  .object({
    title: textField,
    quantity: z.number(),
    sku: textField,
    variantTitle: textField,
    vendor: textField,
    product: z.object({ legacyResourceId: idField }).nullish(),
    variant: z.object({ legacyResourceId: idField }).nullish(),
    originalUnitPriceSet: moneyField,
  })
  .transform((line) => ({
    title: line.title,
    quantity: line.quantity,
    sku: line.sku,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    product_id: line.product?.legacyResourceId,
    variant_id: line.variant?.legacyResourceId,
    price: line.originalUnitPriceSet,
  }))

const lower = textField.transform((text) => text?.toLowerCase())

const RefundSchema = z
  .object({
    legacyResourceId: idField,
    createdAt: z.string(),
    processedAt: z.string().nullish(),
    transactions: z.object({
      nodes: listField(z.object({ kind: lower, status: lower, amountSet: moneyField })),
    }),
  })
  .transform((refund) => ({
    id: refund.legacyResourceId,
    created_at: refund.createdAt,
    processed_at: refund.processedAt,
    transactions: refund.transactions.nodes.map(({ amountSet: amount, ...rest }) => ({ ...rest, amount })),
  }))

const FulfillmentSchema = z
  .object({
    legacyResourceId: idField,
    status: lower,
    displayStatus: lower,
    createdAt: z.string(),
    updatedAt: z.string().nullish(),
    trackingInfo: listField(z.object({ company: textField, number: textField, url: textField })),
  })
  .transform((parcel) => ({
    id: parcel.legacyResourceId,
    status: parcel.status,
    shipment_status: parcel.displayStatus,
    created_at: parcel.createdAt,
    updated_at: parcel.updatedAt,
    tracking_company: parcel.trackingInfo[0]?.company,
    tracking_number: parcel.trackingInfo[0]?.number,
    tracking_url: parcel.trackingInfo[0]?.url,
  }))

/** An order of the GraphQL Admin API in the form in which webhooks tell it. */
export const GraphqlOrderSchema = z
  .object({
    legacyResourceId: idField,
    name: textField,
    email: textField,
    test: z.boolean().nullish(),
    createdAt: z.string(),
    processedAt: z.string().nullish(),
    updatedAt: z.string(),
    cancelledAt: z.string().nullish(),
    cancelReason: lower,
    currencyCode: z.string(),
    customerLocale: textField,
    displayFinancialStatus: lower,
    discountCodes: listField(z.string()),
    totalPriceSet: moneyField,
    subtotalPriceSet: moneyField,
    totalTaxSet: moneyField,
    totalDiscountsSet: moneyField,
    totalShippingPriceSet: moneyField,
    customer: z
      .object({
        legacyResourceId: idField,
        defaultEmailAddress: z.object({ emailAddress: textField }).nullish(),
      })
      .nullish(),
    lineItems: z.object({ nodes: listField(LineSchema) }),
    refunds: listField(RefundSchema),
    fulfillments: listField(FulfillmentSchema),
  })
  .transform((order) => ({
    id: order.legacyResourceId,
    name: order.name,
    email: order.email,
    test: order.test,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    cancel_reason: order.cancelReason,
    currency: order.currencyCode,
    customer_locale: order.customerLocale,
    financial_status: order.displayFinancialStatus,
    total_price: order.totalPriceSet,
    subtotal_price: order.subtotalPriceSet,
    total_tax: order.totalTaxSet,
    total_discounts: order.totalDiscountsSet,
    total_shipping_price_set: { shop_money: { amount: order.totalShippingPriceSet } },
    discount_codes: order.discountCodes.map((code) => ({ code })),
    customer: order.customer && {
      id: order.customer.legacyResourceId,
      email: order.customer.defaultEmailAddress?.emailAddress,
    },
    line_items: order.lineItems.nodes,
    refunds: order.refunds,
    fulfillments: order.fulfillments,
  }))

/** A customer likewise. */
export const GraphqlCustomerSchema = z
  .object({
    legacyResourceId: idField,
    createdAt: z.string(),
    updatedAt: z.string(),
    firstName: textField,
    lastName: textField,
    tags: listField(z.string()),
    locale: textField,
    defaultEmailAddress: z
      .object({
        emailAddress: textField,
        marketingState: lower,
        marketingOptInLevel: lower,
        marketingUpdatedAt: z.string().nullish(),
      })
      .nullish(),
    defaultPhoneNumber: z.object({ phoneNumber: textField }).nullish(),
    defaultAddress: z.object({ countryCodeV2: textField, city: textField }).nullish(),
  })
  .transform(({ defaultEmailAddress: address, ...customer }) => ({
    id: customer.legacyResourceId,
    email: address?.emailAddress,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    first_name: customer.firstName,
    last_name: customer.lastName,
    phone: customer.defaultPhoneNumber?.phoneNumber,
    tags: customer.tags.join(', '),
    locale: customer.locale,
    email_marketing_consent: address && {
      state: address.marketingState,
      opt_in_level: address.marketingOptInLevel,
      consent_updated_at: address.marketingUpdatedAt,
    },
    default_address: customer.defaultAddress && {
      country_code: customer.defaultAddress.countryCodeV2,
      city: customer.defaultAddress.city,
    },
  }))

const VariantSchema = z.object({
  legacyResourceId: idField,
  sku: textField,
  title: textField,
  price: amountField,
  compareAtPrice: amountField,
  inventoryQuantity: z.number().nullish(),
  inventoryPolicy: lower,
  inventoryItem: z.object({ tracked: z.boolean() }).nullish(),
  image: z.object({ url: textField }).nullish(),
})

/** A product likewise. An image is known by its address, which stands for its id. */
export const GraphqlProductSchema = z
  .object({
    legacyResourceId: idField,
    title: textField,
    handle: textField,
    vendor: textField,
    productType: textField,
    status: lower,
    updatedAt: z.string(),
    publishedAt: z.string().nullish(),
    images: z.object({ nodes: listField(z.object({ url: textField })) }),
    variants: z.object({ nodes: listField(VariantSchema) }),
  })
  .transform((product) => ({
    id: product.legacyResourceId,
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    product_type: product.productType,
    status: product.status,
    updated_at: product.updatedAt,
    published_at: product.publishedAt,
    images: product.images.nodes.map(({ url }) => ({ id: url?.slice(0, 200), src: url })),
    variants: product.variants.nodes.map((variant) => ({
      id: variant.legacyResourceId,
      sku: variant.sku,
      title: variant.title,
      price: variant.price,
      compare_at_price: variant.compareAtPrice,
      inventory_quantity: variant.inventoryQuantity,
      inventory_policy: variant.inventoryPolicy,
      inventory_management: variant.inventoryItem?.tracked ? 'shopify' : null,
      image_id: variant.image?.url?.slice(0, 200),
    })),
  }))
