import type { z } from 'zod'
import { anything, decimal, id, properties, text } from './commerceFields.ts'
import { productProperties, products, ProductSchema } from './productSchema.ts'

const search = properties({ query: anything })
const list = properties({
  list_id: id,
  category: text,
  filters: anything,
  sorts: anything,
  currency: text,
  products,
})
const promotion = properties({ promotion_id: id, creative: text, name: text, position: text })
/** An event about one product; some shops name several at once. */
const inCart = productProperties({ cart_id: id, products })
const wishlist = productProperties({ wishlist_id: id, wishlist_name: text, cart_id: id, products })
const coupon = properties({
  order_id: id,
  cart_id: id,
  checkout_id: id,
  coupon_id: id,
  coupon_name: text,
  discount: decimal,
  reason: text,
})
const review = properties({ product_id: id, review_id: id, review_body: text, rating: text })
const checkoutStep = properties({
  checkout_id: id,
  order_id: id,
  cart_id: id,
  step: decimal,
  shipping_method: text,
  payment_method: text,
})
/** A cart, a checkout and an order name the same amounts; all are decimals in `currency`. */
const amounts = {
  currency: text,
  subtotal: decimal,
  total: decimal,
  revenue: decimal,
  value: decimal,
  shipping: decimal,
  tax: decimal,
  discount: decimal,
  coupon: text,
  products,
}
const cart = properties({ cart_id: id, ...amounts })
const order = properties({
  order_id: id,
  checkout_id: id,
  cart_id: id,
  refund_id: id,
  affiliation: text,
  ...amounts,
})
const share = { share_via: text, share_message: text, recipient: text }

/**
 * The events of Segment's e-commerce specification, version 2, each with the schema of its properties. The schemas
 * refuse nothing: what a field cannot mean is left out, what they do not know is kept.
 */
export const COMMERCE_EVENTS = {
  'Products Searched': search,
  'Product List Viewed': list,
  'Product List Filtered': list,
  'Promotion Viewed': promotion,
  'Promotion Clicked': promotion,
  'Product Clicked': ProductSchema,
  'Product Viewed': ProductSchema,
  'Product Added': inCart,
  'Product Removed': inCart,
  'Cart Viewed': cart,
  'Checkout Started': order,
  'Checkout Step Viewed': checkoutStep,
  'Checkout Step Completed': checkoutStep,
  'Payment Info Entered': checkoutStep,
  'Order Completed': order,
  'Order Updated': order,
  'Order Refunded': order,
  'Order Cancelled': order,
  'Coupon Entered': coupon,
  'Coupon Applied': coupon,
  'Coupon Denied': coupon,
  'Coupon Removed': coupon,
  'Product Added to Wishlist': wishlist,
  'Product Removed from Wishlist': wishlist,
  'Wishlist Product Added to Cart': wishlist,
  'Product Shared': productProperties({ ...share }),
  'Cart Shared': properties({ ...share, cart_id: id, products }),
  'Product Reviewed': review,
} satisfies Record<string, z.ZodType>

export type CommerceName = keyof typeof COMMERCE_EVENTS

/** One event of the specification: its name, in version 2, and its properties as far as they can be read. */
export type CommerceEvent = {
  [Name in CommerceName]: { name: Name; properties: z.infer<(typeof COMMERCE_EVENTS)[Name]> }
}[CommerceName]
