import { createCustomer, type Customer, type EventInput, type Transition } from '@ciclo/engine'
import type { BookEntry, CustomerBook } from '../ingest/customerBook.ts'
import type { StoredEvent } from '../store/queries/events.ts'
import type { SubscriberWord } from '../store/queries/webhooks.ts'
import { TRANSITION, type SubscriptionCondition } from './subscription.ts'
import type { Subscriber, Subscribers } from './subscriptionsCache.ts'

/** A change of the lifecycle that came to light later is history. */
const NEWS = 86_400_000

/** What an event is subscribed to by: its name, or of what is no `track` its type. */
const nameOf = ({ event }: Pick<EventInput, 'event'>): string =>
  event.type === 'track' ? (event.name ?? event.type) : event.type

/** `event.order_completed`: words divided by full stops, as Standard Webhooks wants types. */
export const typeOf = (name: string): string =>
  name === TRANSITION
    ? TRANSITION
    : `event.${name
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
        .replaceAll(/^_+|_+$/g, '')}`

const toldOf = ({ id, email, userId, lifecycle }: Customer) => ({
  id,
  email,
  userId,
  lifecycle: lifecycle.value,
})

function meets(
  condition: SubscriptionCondition | undefined,
  properties: Readonly<Record<string, unknown>>,
): boolean {
  if (!condition) return true
  const { property, is, value } = condition
  const found = Object.hasOwn(properties, property) ? properties[property] : undefined
  const isPlain = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
  if (!isPlain) return false
  if (is === 'equals') return String(found) === String(value)
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
  if (typeof number !== 'number' || Number.isNaN(number) || typeof value !== 'number') return false
  return is === 'atLeast' ? number >= value : number <= value
}

/** What of a regions' changes is news: of one that was told anew, where it is now instead of where it was. */
function newsOf({ customer, stored, isRebuilt, newTransitions }: BookEntry, now: number): Transition[] {
  const regions = new Set(Object.keys(customer.lifecycle.value))
  const ofLifecycle = newTransitions.filter(({ region, at }) => regions.has(region) && at >= now - NEWS)
  if (!isRebuilt) return ofLifecycle
  const before: Record<string, string> = (stored ?? createCustomer(customer.id)).lifecycle.value
  const after: Record<string, string> = customer.lifecycle.value
  return Object.keys(after).flatMap((region) => {
    const last = ofLifecycle.findLast((one) => one.region === region)
    const from = before[region]
    return last && from !== undefined && from !== after[region] ? [{ ...last, from }] : []
  })
}

const hears = ({ events }: Subscriber, name: string) => events === undefined || events.has(name)

/** Of whom nothing but their past is told: what Ciclo itself makes of it is no news either. */
function onlyImported(book: CustomerBook, events: readonly StoredEvent[]): ReadonlySet<string> {
  const rootsOf = (isOne: (source: EventInput['source']) => boolean) =>
    new Set(events.flatMap(({ customerId, input }) => (isOne(input.source) ? [book.rootOf(customerId)] : [])))
  const imported = rootsOf((source) => source === 'import')
  if (imported.size === 0) return imported
  const live = rootsOf((source) => source === 'secret' || source === 'public')
  return new Set([...imported].filter((id) => !live.has(id)))
}

/**
 * What subscribers are to be told of a transaction: events as they were stored, with the customer as it is after all of
 * them, and changes of the lifecycle. An import is history, and so is what it brings about: nobody is told.
 */
export function wordsForSubscribers(
  { all, hearTransitions }: Subscribers,
  book: CustomerBook,
  events: readonly StoredEvent[],
  now: number,
): SubscriberWord[] {
  const silent = onlyImported(book, events)
  const words: SubscriberWord[] = []
  const tell = (
    subscriber: Subscriber,
    {
      key,
      customer,
      event,
      at,
      data,
    }: {
      key: readonly string[]
      customer: Customer
      event: string
      at: number
      data: Record<string, unknown>
    },
  ) =>
    words.push({
      key: [subscriber.id, ...key],
      subscriptionId: subscriber.id,
      url: subscriber.url,
      customerId: customer.id,
      event,
      body: {
        type: typeOf(event),
        timestamp: new Date(at).toISOString(),
        data: { ...data, customer: toldOf(customer) },
      },
    })

  for (const { customerId, input } of events) {
    const name = nameOf(input)
    const listeners = all.filter((one) => hears(one, name) && meets(one.when, input.event.properties))
    const customer = listeners.length > 0 ? book.entry(customerId)?.customer : undefined
    const { id, at, source, event } = input
    if (!customer || source === 'import' || (source === 'own' && silent.has(customer.id))) continue
    const data = {
      event: {
        messageId: id,
        type: event.type,
        name: event.name ?? null,
        timestamp: new Date(at).toISOString(),
        source,
        properties: event.properties,
        traits: event.traits,
      },
    }
    for (const subscriber of listeners)
      tell(subscriber, { key: ['event', source, id], customer, event: name, at, data })
  }

  if (!hearTransitions) return words
  const listeners = all.filter((one) => hears(one, TRANSITION))
  for (const entry of book.entries()) {
    const { customer, isChanged } = entry
    if (!isChanged || silent.has(customer.id)) continue
    for (const { at, region, from, to, reason } of newsOf(entry, now)) {
      const key = ['transition', customer.id, region, from, to, String(at)]
      const transition = { region, from, to, at: new Date(at).toISOString(), cause: reason.cause }
      for (const subscriber of listeners)
        if (meets(subscriber.when, transition))
          tell(subscriber, { key, customer, event: TRANSITION, at, data: { transition } })
    }
  }
  return words
}
