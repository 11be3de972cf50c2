import type { Properties } from './trackerEvent.ts'

/** A product as the specification describes it; whatever else the shop knows of it may stand beside. */
export interface Product extends Properties {
  product_id: string | number
  sku?: string
  name?: string
  category?: string
  brand?: string
  variant?: string
  /** Of one piece, a decimal number in the event's currency. */
  price?: number
  quantity?: number
  coupon?: string
  position?: number
  url?: string
  image_url?: string
}

interface Amounts extends Properties {
  affiliation?: string
  /** All amounts are decimal numbers in this currency (ISO 4217). */
  currency?: string
  total?: number
  subtotal?: number
  revenue?: number
  value?: number
  shipping?: number
  tax?: number
  discount?: number
  coupon?: string
  products?: Product[]
}

interface Order extends Amounts {
  order_id: string | number
  checkout_id?: string
  cart_id?: string
}

interface Checkout extends Amounts {
  order_id?: string | number
  checkout_id?: string
  cart_id?: string
}

interface CheckoutStep extends Properties {
  checkout_id?: string
  order_id?: string | number
  step?: number
  shipping_method?: string
  payment_method?: string
}

interface List extends Properties {
  list_id?: string
  category?: string
  products?: Product[]
}

interface Promotion extends Properties {
  promotion_id?: string
  creative?: string
  name?: string
  position?: string
}

interface Coupon extends Properties {
  order_id?: string | number
  cart_id?: string
  coupon_id?: string
  coupon_name?: string
  discount?: number
  reason?: string
}

interface Wishlist extends Product {
  wishlist_id?: string
  wishlist_name?: string
  cart_id?: string
}

interface Share extends Properties {
  share_via?: string
  share_message?: string
  recipient?: string
}

interface Picked extends Properties {
  type?: string
  value?: string
}

/**
 * The events of Segment's e-commerce specification, version 2
 * (https://segment.com/docs/connections/spec/ecommerce/v2/), with their properties.
 */
export interface EcommerceEvents {
  'Products Searched': Properties & { query: unknown }
  'Product List Viewed': List
  'Product List Filtered': List & { filters?: Picked[]; sorts?: Picked[] }
  'Promotion Viewed': Promotion
  'Promotion Clicked': Promotion
  'Product Clicked': Product
  'Product Viewed': Product & { currency?: string; value?: number }
  'Product Added': Product & { cart_id?: string }
  'Product Removed': Product & { cart_id?: string }
  'Cart Viewed': Amounts & { cart_id?: string }
  'Checkout Started': Checkout
  'Checkout Step Viewed': CheckoutStep
  'Checkout Step Completed': CheckoutStep
  'Payment Info Entered': CheckoutStep
  'Order Updated': Order
  'Order Completed': Order
  'Order Refunded': Order
  'Order Cancelled': Order
  'Coupon Entered': Coupon
  'Coupon Applied': Coupon
  'Coupon Denied': Coupon
  'Coupon Removed': Coupon
  'Product Added to Wishlist': Wishlist
  'Product Removed from Wishlist': Wishlist
  'Wishlist Product Added to Cart': Wishlist
  'Product Shared': Share & Product
  'Cart Shared': Share & { cart_id?: string; products?: Product[] }
  'Product Reviewed': Properties & {
    product_id: string | number
    review_id?: string
    review_body?: string
    rating?: string | number
  }
}

/** What an event of the specification needs; any other event may have any properties, or none. */
export type PropertiesOf<Name extends string> = Name extends keyof EcommerceEvents
  ? [properties: EcommerceEvents[Name]]
  : [properties?: Properties]
