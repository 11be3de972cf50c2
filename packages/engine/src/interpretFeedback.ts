import type { Customer } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { normaliseEmail } from './identity.ts'
import type { EventInput } from './input.ts'
import type { Interpreter, Reading } from './reading.ts'
import { DAY } from './settings.ts'

/** A mailbox that was full in spring says nothing of one that is full in autumn. */
const SOFT_BOUNCE_MEMORY = 90 * DAY

const dayOf = (at: number) => Math.floor(at / DAY)

/** One for each day (UTC), the latest; the oldest first. */
function withDay(times: readonly number[], at: number): number[] {
  const sameDay = times.filter((time) => dayOf(time) === dayOf(at))
  const others = times.filter((time) => dayOf(time) !== dayOf(at) && time > at - SOFT_BOUNCE_MEMORY)
  return [...others, Math.max(at, ...sameDay)].toSorted((one, other) => one - other)
}

/** Mail to the address comes back for good: marketing stops until they agree anew for another one. */
function giveUp(customer: Customer, address: string | null): Customer {
  return { ...customer, bouncedAddress: address, softBounces: [] }
}

function withBounce(customer: Customer, reading: Reading): Customer {
  const { input, settings, signals } = reading
  const { properties } = input.event
  // A mistyped address that asked to be subscribed bounces: nothing against the person, who will type it again.
  if (properties['claimed'] === true) return customer
  const address = normaliseEmail(properties['address']) ?? customer.email
  // A mail to an address that they have left says nothing of the one that they have.
  if (customer.email !== null && address !== customer.email) return customer
  if (properties['permanent'] === true) {
    signals.push({ type: 'suppressed' })
    return giveUp(customer, address)
  }
  if (properties['class'] !== 'soft' || customer.email === null || customer.bouncedAddress === address)
    return customer
  const softBounces = withDay(customer.softBounces, input.at)
  const next = { ...customer, softBounces }
  if (softBounces.length < settings.softBounceDays) return next
  signals.push({ type: 'suppressed', softBounceDays: softBounces.length })
  return giveUp(next, address)
}

/** The address works again, says somebody who has looked: what the person has said of marketing counts again. */
function withRestored(customer: Customer, { input, signals }: Reading): Customer {
  const address = normaliseEmail(input.event.properties['address'])
  if (address === undefined || (address !== customer.bouncedAddress && address !== customer.email))
    return customer
  const marketing = customer.consent['marketing-email']
  if (customer.bouncedAddress === address && marketing?.isFinal !== true) {
    const permission =
      marketing?.status === 'granted'
        ? 'subscribed'
        : marketing?.status === 'refused'
          ? 'unsubscribed'
          : 'none'
    signals.push({ type: 'restored', permission })
  }
  const bouncedAddress = customer.bouncedAddress === address ? null : customer.bouncedAddress
  if (bouncedAddress === customer.bouncedAddress && customer.softBounces.length === 0) return customer
  return { ...customer, bouncedAddress, softBounces: [] }
}

/**
 * Whether an event shows that a mail has arrived in a mailbox that somebody reads: a person has opened it, or followed
 * a link in it. That a server took it shows nothing, since mails that come back were mostly taken before; nor does a
 * visit to the shop, which is a sign of the person and not of the mailbox.
 */
export const showsDelivery = ({ event, source }: EventInput): boolean =>
  event.type === 'track' &&
  source !== 'public' &&
  event.properties['class'] === 'human' &&
  (event.name === EVENT_NAMES.emailLinkClicked || event.name === EVENT_NAMES.emailOpened)

/** What comes back from before it counts no more; what comes back after it does, also where it is told first. */
function withDelivery(customer: Customer, at: number): Customer {
  const softBounces = customer.softBounces.filter((time) => time > at)
  return softBounces.length === customer.softBounces.length ? customer : { ...customer, softBounces }
}

/** E-mail feedback counts only when Ciclo itself or the shop's server says it: a browser cannot bounce a mail. */
export const withFeedback: Interpreter = (customer, reading) => {
  const { input, signals } = reading
  const { event, source, at } = input
  if (event.type !== 'track' || source === 'public') return customer
  const { properties, name } = event
  if (name === EVENT_NAMES.emailSent && properties['purpose'] === 'marketing')
    signals.push({ type: 'received' })
  if (name === EVENT_NAMES.emailLinkClicked && properties['class'] === 'human')
    signals.push({ type: 'engaged' })
  if (name === EVENT_NAMES.emailBounced) return withBounce(customer, reading)
  if (name === EVENT_NAMES.emailAddressRestored) return withRestored(customer, reading)
  return showsDelivery(input) ? withDelivery(customer, at) : customer
}
