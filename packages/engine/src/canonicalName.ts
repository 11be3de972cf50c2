import { COMMERCE_EVENTS, type CommerceName } from './commerceEvents.ts'

/** The names of the specification's first version, which older libraries and shops still send. */
export const FIRST_VERSION_NAMES = {
  'Viewed Product Category': 'Product List Viewed',
  'Viewed Promotion': 'Promotion Viewed',
  'Clicked Promotion': 'Promotion Clicked',
  'Clicked Product': 'Product Clicked',
  'Viewed Product': 'Product Viewed',
  'Added Product': 'Product Added',
  'Removed Product': 'Product Removed',
  'Started Order': 'Checkout Started',
  'Viewed Checkout Step': 'Checkout Step Viewed',
  'Completed Checkout Step': 'Checkout Step Completed',
  'Updated Order': 'Order Updated',
  'Completed Order': 'Order Completed',
} as const satisfies Record<string, CommerceName>

/** American spelling, and the first version's word order where it had no name. */
const OTHER_NAMES = {
  'Order Canceled': 'Order Cancelled',
  'Cancelled Order': 'Order Cancelled',
  'Canceled Order': 'Order Cancelled',
  'Refunded Order': 'Order Refunded',
} as const satisfies Record<string, CommerceName>

/** What is left of a name without case and without what separates its words. */
const letters = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, '')

const names = Object.keys(COMMERCE_EVENTS) as CommerceName[]

const exact: ReadonlyMap<string, CommerceName> = new Map([
  ...names.map((name) => [name, name] as const),
  ...Object.entries(FIRST_VERSION_NAMES),
  ...Object.entries(OTHER_NAMES),
])
const byLetters: ReadonlyMap<string, CommerceName> = new Map(
  [...exact].map(([name, canonical]) => [letters(name), canonical]),
)
/** No name of the specification is longer, however its words are separated. */
const NAME_LENGTH = 48

/**
 * Words, with at most one sign or some white space between them: 'order_completed', 'Order  Completed', 'orderCompleted'.
 * Anything else ('Order Completed?', 'Order #1 Completed') may be something of the shop's own.
 */
const WORDS = /^\s*[A-Za-z]+(?:(?:\s+|[_.:-])[A-Za-z]+)*\s*$/

const find = (name: string): CommerceName | undefined => {
  const known = exact.get(name)
  if (known !== undefined || name.length > NAME_LENGTH) return known
  return WORDS.test(name) ? byLetters.get(letters(name)) : undefined
}

/** One event is asked for its name by everybody who reads it: remembering the last answer takes 3 us off a step. */
let last: { name: string; found: CommerceName | undefined } = { name: '', found: undefined }

/**
 * The name in the specification's version 2 of a track event: of a name of version 1, and of either in other case or
 * with other signs between its words. Undefined where it is not a name of the specification.
 */
export function commerceNameOf(name: string): CommerceName | undefined {
  if (last.name !== name) last = { name, found: find(name) }
  return last.found
}

/** The name by which an event is known: the specification's where it is one of its events, else the name itself. */
export const canonicalName = (name: string): string => commerceNameOf(name) ?? name
