import { canonicalName } from './canonicalName.ts'
import { consentStatementsIn } from './consentStatements.ts'
import type { EventInput } from './input.ts'
import { orderChangeOf } from './order.ts'

/**
 * Where a customer is, which decides what the law allows. `code` is ISO 3166-1 alpha-2, or null where a country was
 * stated in words that are not understood: then the strictest law is the safe guess.
 */
export interface Country {
  code: string | null
  /** `shop`: its server or import says so. `browser`: a claim. `location`: only where a request seemed to come from. */
  from: 'shop' | 'browser' | 'location'
}

const STRENGTH: Record<Country['from'], number> = { shop: 2, browser: 1, location: 0 }

/** What shops write instead of the code, for the countries that the policy knows. */
const NAMES: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  'united kingdom': 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  'united states': 'US',
  'united states of america': 'US',
  poland: 'PL',
  polska: 'PL',
  spain: 'ES',
  españa: 'ES',
  romania: 'RO',
  românia: 'RO',
  germany: 'DE',
  deutschland: 'DE',
  france: 'FR',
  italy: 'IT',
  italia: 'IT',
  pol: 'PL',
  esp: 'ES',
  rou: 'RO',
  deu: 'DE',
  fra: 'FR',
  ita: 'IT',
  gbr: 'GB',
}

function readCode(value: unknown): string | null | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const name = value.trim().toLowerCase()
  if (Object.hasOwn(NAMES, name)) return NAMES[name]
  return /^[a-z]{2}$/.test(name) ? name.toUpperCase() : null
}

const bag = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** In other events a country may be that of a product. */
const namesOwnCountry = (input: EventInput) =>
  orderChangeOf(input) !== undefined ||
  canonicalName(input.event.name ?? '').startsWith('Checkout ') ||
  consentStatementsIn(input).length > 0

/** The country that an event states or shows of its customer, if any. */
export function countryIn(input: EventInput): Country | undefined {
  const { event, source } = input
  const { traits, properties, context } = event
  const address = bag(traits['address'])
  const shipping = bag(properties['shipping_address'])
  const stated = [
    traits['country_code'],
    traits['country'],
    address['country_code'],
    address['country'],
    ...(event.type === 'track' && namesOwnCountry(input)
      ? [shipping['country_code'], shipping['country'], properties['country_code'], properties['country']]
      : []),
  ]
  for (const value of stated) {
    const code = readCode(value)
    if (code !== undefined) return { code, from: source === 'public' ? 'browser' : 'shop' }
  }
  const code = readCode(bag(context['location'])['country'])
  return code === undefined ? undefined : { code, from: 'location' }
}

/** The newest word counts, but never a weaker one: a journey abroad is not a move. */
export function withCountry(known: Country | null, seen: Country | undefined): Country | null {
  if (!seen || (known && STRENGTH[seen.from] < STRENGTH[known.from])) return known
  return known?.code === seen.code && known.from === seen.from ? known : seen
}
