import type { Journey } from '@ciclo/engine'
import type { TryAction } from './trySession.ts'

/** What somebody can have the customer do at one press. */
export const DEEDS = [
  'trigger',
  'enter',
  'visit',
  'addToCart',
  'checkout',
  'order',
  'click',
  'subscribe',
  'unsubscribe',
] as const
type Deed = (typeof DEEDS)[number]

const PRODUCT = { product_id: 'try-product', name: 'Something nice', price: 20, quantity: 1 }

interface DeedContext {
  journey: Journey
  currency: string
  /** How many actions there were before: an order is not the one before. */
  count: number
  /** The id of the mail that was sent last, of which a link is clicked. */
  mail: string | undefined
}

const track = (event: string, properties: Record<string, unknown>): Omit<TryAction, 'at'> => ({
  event: { type: 'track', event, properties },
})

function propertiesOf(event: string, currency: string, count: number): Record<string, unknown> {
  const product = { ...PRODUCT, currency }
  if (event === 'Checkout Started')
    return { checkout_id: 'try-checkout', cart_id: 'try-cart', value: 20, currency, products: [product] }
  if (event.startsWith('Product')) return { ...product, cart_id: 'try-cart' }
  if (/^(Order|Payment|Refund|Return|Shipment|Delivery)/.test(event))
    return { order_id: `try-${count}`, total: 20, currency, products: [product] }
  return {}
}

type Told = Omit<TryAction, 'at'>

const commerce =
  (event: string) =>
  ({ currency, count }: DeedContext): Told =>
    track(event, propertiesOf(event, currency, count))

const ACTIONS: Record<Deed, (context: DeedContext) => Told | undefined> = {
  trigger: ({ journey: { trigger }, currency, count }) => {
    if (trigger.kind !== 'event' || trigger.name === undefined) return undefined
    if (trigger.type !== 'track') return { event: { type: trigger.type, name: trigger.name } }
    return track(trigger.name, propertiesOf(trigger.name, currency, count))
  },
  enter: () => ({ enter: true }),
  visit: () => ({
    event: { type: 'page', name: 'Home', properties: { path: '/', title: 'Home' } },
    from: 'browser',
  }),
  addToCart: commerce('Product Added'),
  checkout: commerce('Checkout Started'),
  order: commerce('Order Completed'),
  click: ({ mail }) =>
    mail === undefined
      ? undefined
      : track('Email Link Clicked', { message: mail, class: 'human', url: 'https://shop.example/' }),
  subscribe: () => track('Subscribed', { method: 'form' }),
  unsubscribe: () => track('Unsubscribed', {}),
}

/** What a deed tells the journey; undefined where it cannot be done now, as a click on a mail that nobody got. */
export const actionOf = (deed: Deed, context: DeedContext): Told | undefined => ACTIONS[deed](context)
