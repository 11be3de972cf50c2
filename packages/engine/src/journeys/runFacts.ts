import { addProduct, type CartLine } from '../cartLine.ts'
import type { EventInput } from '../input.ts'
import { currencyOf, toMinorUnits } from '../money.ts'
import { productProperties, products, type Product } from '../productSchema.ts'
import { readCommerce } from '../readCommerce.ts'
import type { Settings } from '../settings.ts'
import { addressText } from './addressText.ts'
import type { RunFacts } from './enrolment.ts'

export const NO_FACTS: RunFacts = { orderId: null, lines: [], total: null, currency: null, properties: {} }

const LINES = 20
const PROPERTIES = 20
const CHARACTERS = 500

interface Stated {
  order_id?: string
  currency?: string
  total?: number
  value?: number
  revenue?: number
  products?: readonly Product[]
  product_id?: string
  sku?: string
}

/** Scalars only, so many and so long: they are kept with the run, and shown in mails. */
function scalarsOf(properties: Readonly<Record<string, unknown>>): RunFacts['properties'] {
  const kept: [string, string | number | boolean][] = []
  for (const [name, value] of Object.entries(properties)) {
    if (kept.length === PROPERTIES) break
    if (name.length > 100) continue
    if (
      typeof value === 'string'
        ? value.length <= CHARACTERS
        : typeof value === 'number' || typeof value === 'boolean'
    )
      kept.push([name, value as string | number | boolean])
  }
  return Object.fromEntries(kept)
}

/** With the address that an order goes to as the text that its mails show. */
function propertiesOf(properties: Readonly<Record<string, unknown>>): RunFacts['properties'] {
  const address = addressText(properties['shipping_address'] ?? properties['shippingAddress'])
  return { ...scalarsOf(properties), ...(address === undefined ? {} : { shipping_address: address }) }
}

/** Of an event beyond the specification, such as `Price Dropped`: a product or a list of them, told in the same fields. */
const AboutProductsSchema = productProperties({ products })
const PRODUCT_NAMES = ['product_id', 'productId', 'sku', 'products']

const isAboutProducts = ({ type, properties }: EventInput['event']) =>
  type === 'track' && PRODUCT_NAMES.some((name) => Object.hasOwn(properties, name))

/** What a browser may call an order, since mails show it: nothing that could be read as words, or as a link. */
const PLAIN_ID = /^[\w#-]{1,40}$/

function orderIdIn({ event: { properties }, source }: EventInput): string | null {
  const stated = properties['order_id'] ?? properties['orderId']
  if (typeof stated !== 'string' && typeof stated !== 'number') return null
  const id = String(stated).slice(0, 200)
  return source !== 'public' || PLAIN_ID.test(id) ? id : null
}

/** What an event tells of the thing that a run is about. */
export function runFactsOf(input: EventInput | null, settings: Settings): RunFacts {
  if (!input) return NO_FACTS
  const { event, source } = input
  const commerce = readCommerce(input)
  const isCommerce = commerce !== undefined
  const hasProducts = isCommerce || isAboutProducts(event)
  const stated = (commerce?.properties ??
    (hasProducts ? AboutProductsSchema.parse(event.properties) : event.properties)) as Stated
  const currency = currencyOf(stated.currency) ?? settings.currency
  let lines: readonly CartLine[] = []
  if (hasProducts)
    for (const product of stated.products ?? [stated as Product]) lines = addProduct(lines, product, currency)
  const total = isCommerce
    ? (toMinorUnits(stated.total, currency) ??
      toMinorUnits(stated.value, currency) ??
      toMinorUnits(stated.revenue, currency))
    : undefined
  return {
    orderId: orderIdIn(input),
    lines: lines.slice(0, LINES),
    total: total ?? null,
    currency: lines.length > 0 || total !== undefined ? currency : null,
    // What a stranger typed into a browser is shown to nobody.
    properties: source === 'public' ? {} : propertiesOf(event.properties),
  }
}
