import type { LearntFrom } from './customer.ts'
import { equalJson } from './equalJson.ts'
import type { EventInput } from './input.ts'
import type { Interpreter } from './reading.ts'
import { timeZoneOf } from './timeZone.ts'
import { withBoundedTraits } from './traits.ts'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** What is proven displaces what was claimed. */
export const withProven: Interpreter = (customer, { asserted, signals }) => {
  let next = customer
  for (const { kind, value } of asserted.proven) {
    if (kind === 'anonymousId' || next[kind] === value) continue
    if (kind === 'email' && next.email === null) signals.push({ type: 'reachable' })
    const { [kind]: _displaced, ...claims } = next.claims
    // What came back came from the address before.
    const softBounces = kind === 'email' ? [] : next.softBounces
    next = { ...next, [kind]: value, claims, softBounces }
  }
  return next
}

export const withClaimedEmail: Interpreter = (customer, { asserted }) => {
  const email = asserted.claims.find(({ kind }) => kind === 'email')?.value
  return email === undefined || email === customer.email || email === customer.claims.email
    ? customer
    : { ...customer, claims: { ...customer.claims, email } }
}

/** Whether what the event says of the customer is the customer's own or the shop's word, not just some browser's. */
const isVouched = ({ source, event: { proof } }: EventInput) => source !== 'public' || proof !== undefined

/**
 * What is vouched for stays, whatever a browser says: somebody may have signed up with another's address, who then
 * confirms it.
 */
export const withTraits: Interpreter = (customer, reading) => {
  const { input } = reading
  const { event, source } = input
  if (event.type !== 'identify') return customer
  const { email: _identity, ...traits } = event.traits
  const vouched = isVouched(input)
  const isVouchedFor = new Set(customer.vouchedTraits)
  const changed = Object.entries(traits).filter(
    ([name, value]) =>
      (vouched || !isVouchedFor.has(name)) &&
      (!Object.hasOwn(customer.traits, name) || !equalJson(value, customer.traits[name])),
  )
  const next =
    source === 'public'
      ? withBoundedTraits(customer.traits, changed)
      : { traits: { ...customer.traits, ...Object.fromEntries(changed) }, leavesOut: false }
  reading.leavesOut = next.leavesOut
  // Only of traits that are kept: else their names would grow without bound.
  const news = vouched
    ? Object.keys(traits).filter((name) => !isVouchedFor.has(name) && Object.hasOwn(next.traits, name))
    : []
  const known =
    news.length === 0 ? customer : { ...customer, vouchedTraits: [...customer.vouchedTraits, ...news] }
  return changed.length === 0 || next.traits === customer.traits ? known : { ...known, traits: next.traits }
}

/** A claimed userId is of interest until one is proven. */
export const withClaimedUserId: Interpreter = (customer, { asserted }) => {
  const userId = asserted.claims.find(({ kind }) => kind === 'userId')?.value
  return userId === undefined || customer.userId !== null || userId === customer.claims.userId
    ? customer
    : { ...customer, claims: { ...customer.claims, userId } }
}

const STRENGTH: Record<LearntFrom, number> = { page: 0, trait: 1, vouched: 2 }

/** What the customer said of itself is not overruled by the context of a page, nor what is vouched for by either. */
const isOverruled = (by: { from: LearntFrom } | null, from: LearntFrom) =>
  by !== null && STRENGTH[from] < STRENGTH[by.from]

export const withLocale: Interpreter = (customer, { input }) => {
  const { event } = input
  const stated = text(event.type === 'identify' ? event.traits['locale'] : undefined)
  const value = (stated ?? text(event.context['locale']))?.slice(0, 2).toLowerCase()
  const from = stated ? (isVouched(input) ? 'vouched' : 'trait') : 'page'
  if (!value || !/^[a-z]{2}$/.test(value)) return customer
  const { locale } = customer
  if (isOverruled(locale, from)) return customer
  return locale?.value === value && locale.from === from ? customer : { ...customer, locale: { value, from } }
}

const zoneIn = (value: unknown) => (typeof value === 'string' ? timeZoneOf(value) : undefined)

export const withTimeZone: Interpreter = (customer, { input }) => {
  const { event } = input
  const stated = event.type === 'identify' ? zoneIn(event.traits['timezone']) : undefined
  const value = stated ?? zoneIn(event.context['timezone'])
  const from = stated === undefined ? 'page' : isVouched(input) ? 'vouched' : 'trait'
  const { timeZone } = customer
  if (value === undefined || isOverruled(timeZone, from)) return customer
  return timeZone?.value === value && timeZone.from === from
    ? customer
    : { ...customer, timeZone: { value, from } }
}
