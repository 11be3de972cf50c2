import { COMMERCE_EVENTS } from './commerceEvents.ts'
import { EVENT_NAMES } from './eventNames.ts'

/** What shops send besides the events of the e-commerce specification, and what the shipped journeys listen to. */
const SHOP_EVENTS = [
  'Payment Pending',
  'Payment Failed',
  'Payment Completed',
  'Order Shipped',
  'Order Ready for Pickup',
  'Order Delivered',
  'Order Delayed',
  'Withdrawal Requested',
  'Return Requested',
  'Return Received',
  'Return Closed',
  'Complaint Opened',
  'Complaint Closed',
  'Points Balance Changed',
  'Points Expiring',
  'Points Redeemed',
  'Reward Earned',
  'Back in Stock Requested',
  'Product Back in Stock',
  'Price Dropped',
]

/** Events that may be asked for before the first of them has come in. */
export const KNOWN_EVENTS: ReadonlySet<string> = new Set<string>([
  ...Object.keys(COMMERCE_EVENTS),
  ...Object.values(EVENT_NAMES),
  ...SHOP_EVENTS,
])

/** Traits of Segment's specification of `identify`, and those that Ciclo reads besides. `email` is an identity. */
export const KNOWN_TRAITS: ReadonlySet<string> = new Set([
  'address',
  'age',
  'avatar',
  'birthday',
  'company',
  'country',
  'createdAt',
  'currency',
  'description',
  'firstName',
  'gender',
  'id',
  'lastName',
  'locale',
  'name',
  'phone',
  'subscription',
  'timezone',
  'title',
  'username',
  'website',
])
