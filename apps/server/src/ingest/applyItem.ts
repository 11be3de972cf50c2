import {
  consentStatementsIn,
  EVENT_NAMES,
  isBehind,
  isLate,
  isOutdated,
  isOvertaken,
  mergeCustomers,
  normaliseEmail,
  step,
  type Customer,
  type Effect,
  type EventInput,
  type Identity,
  type Rules,
  type StepResult,
  ownEvent,
} from '@ciclo/engine'
import { describeError } from '../describeError.ts'
import type { CustomerConsent } from '../store/queries/consents.ts'
import type { StoredEvent } from '../store/queries/events.ts'
import type { CustomerMessage } from '../store/queries/messages.ts'
import type { ParkedInput } from '../store/queries/parked.ts'
import type { CustomerWebhook } from '../store/queries/webhooks.ts'
import type { BookEntry, CustomerBook, Deferred } from './customerBook.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'
import type { LateGuard } from './lateGuard.ts'
import { mayCollect } from './mayCollect.ts'
import { resolveCustomer, type Merge } from './resolveCustomer.ts'
import type { AskedCoupon } from './takeCoupons.ts'

/** What one transaction gathers while it walks its inputs. */
export interface Gathered {
  events: StoredEvent[]
  messages: CustomerMessage[]
  /** What becomes of addresses, in order. */
  suppressions: Extract<Effect, { type: 'suppress' | 'lift' }>[]
  consents: CustomerConsent[]
  coupons: AskedCoupon[]
  webhooks: CustomerWebhook[]
  parked: ParkedInput[]
}

export interface ApplyContext {
  workspaceId: string
  book: CustomerBook
  gathered: Gathered
  rules: Rules
  newCustomerId: () => string
  lateGuard: LateGuard
  now: number
  /** Set where a customer has two addresses: only a rebuild tells which is the newer one, and the next items may ask. */
  isAddressOpen: boolean
}

function carryOut({ gathered }: ApplyContext, customerId: string, effect: Effect): void {
  if (effect.type === 'message') gathered.messages.push({ ...effect.message, customerId })
  else if (effect.type === 'consent') gathered.consents.push({ ...effect.change, customerId })
  else if (effect.type === 'event') {
    const { id, at, name, properties, traits } = effect
    gathered.events.push({ customerId, input: ownEvent(id, at, name, properties, traits) })
  } else if (effect.type === 'coupon') gathered.coupons.push({ ...effect, customerId })
  else if (effect.type === 'webhook') gathered.webhooks.push({ ...effect, customerId })
  else gathered.suppressions.push(effect)
}

/** Takes over what a step or a rebuild says of a customer. */
export function record(
  context: ApplyContext,
  entry: BookEntry,
  result: StepResult,
  { isRebuilt }: { isRebuilt: boolean },
): void {
  for (const effect of result.effects) carryOut(context, entry.customer.id, effect)
  if (result.customer === entry.customer && result.transitions.length === 0) return
  if (isRebuilt) {
    entry.isRebuilt = true
    entry.newTransitions = []
  }
  const first = result.customer.transitionCount - result.transitions.length
  entry.newTransitions.push(
    ...result.transitions.map((transition, index) => ({
      ...transition,
      position: first + index,
      rebuilt: isRebuilt,
    })),
  )
  entry.customer = result.customer
  entry.isChanged = true
}

/** Whoever says no is heard at once, although the customer cannot be told of it yet. */
function suppressParked(
  { book, gathered, rules }: ApplyContext,
  input: EventInput,
  customerId: string,
): void {
  const no = consentStatementsIn(input).find(
    ({ purpose, answer }) => purpose === 'marketing-email' && answer === 'no',
  )
  // Who leaves out one topic wants the others: that waits with the customer, as its mails do.
  if (!no || (no.topic !== null && rules.settings.topics.length > 0)) return
  const { properties } = input.event
  const stated = normaliseEmail(properties['address']) ?? normaliseEmail(properties['email'])
  const own = book.entry(customerId)?.customer.email
  const address = input.source === 'public' ? own : (stated ?? own)
  if (!address) return
  const reason = no.isFinal ? 'complaint' : 'unsubscribed'
  gathered.suppressions.push({ type: 'suppress', address, reason, at: input.at })
}

/** Sets an item aside with its error. It is in no history, so that no replay trips over it again. */
export function park(
  context: ApplyContext,
  { input, parkedId }: IngestItem,
  customerId: string,
  error: unknown,
): IngestVerdict {
  const { gathered } = context
  if (input.kind === 'event') suppressParked(context, input, customerId)
  const id = parkedId ?? (input.kind === 'event' ? input.id : `wake/${customerId}`)
  gathered.parked.push({ id, customerId, error: describeError(error), input, at: context.now })
  return 'parked'
}

function defer(entry: BookEntry): Deferred {
  entry.deferred ??= { items: [], before: entry.customer, hasMerged: false }
  return entry.deferred
}

/** A state that an older Ciclo wrote, or that was judged by rules which were not the newest any more. */
const mustRebuild = (customer: Customer, rules: Rules) => isOutdated(customer) || isOvertaken(customer, rules)

/** Who somebody is decides about the next merges already, before the rebuild. A userId is never changed. */
function assumeIdentity(context: ApplyContext, entry: BookEntry, proven: readonly Identity[]): void {
  const { customer } = entry
  const userId = customer.userId ?? proven.find(({ kind }) => kind === 'userId')?.value ?? null
  const stated = proven.find(({ kind }) => kind === 'email')?.value
  if (stated !== undefined && customer.email !== null && stated !== customer.email)
    context.isAddressOpen = true
  const email = customer.email ?? stated ?? null
  if (userId !== customer.userId || email !== customer.email) entry.customer = { ...customer, userId, email }
}

/** Two customers turn out to be one: in memory now, and rebuilt from both histories when all inputs have been walked. */
function merge(context: ApplyContext, survivorId: string, { absorbedId, by }: Merge, input: EventInput) {
  const { book, gathered } = context
  const survivor = book.entry(survivorId)
  const absorbed = book.entry(absorbedId)
  if (!survivor || !absorbed) return
  const deferred = defer(survivor)
  deferred.hasMerged = true
  const { email } = absorbed.customer
  if (email !== null && survivor.customer.email !== null && email !== survivor.customer.email)
    context.isAddressOpen = true
  if (absorbed.deferred) deferred.items.push(...absorbed.deferred.items)
  survivor.customer = mergeCustomers(survivor.customer, absorbed.customer, input.receivedAt)
  survivor.isChanged = true
  book.merge(absorbedId, survivorId)
  const merged = ownEvent(
    `merge/${absorbedId}/${survivorId}`,
    input.receivedAt,
    EVENT_NAMES.customersMerged,
    { absorbed: absorbedId, into: survivorId, because: input.id, source: input.source, by },
  )
  gathered.events.push({ customerId: survivorId, input: merged })
}

function applyEvent(context: ApplyContext, item: IngestItem, input: EventInput): IngestVerdict | 'deferred' {
  const { book, gathered, rules } = context
  if (item.customerId !== undefined && !book.entry(item.customerId)) {
    // Erased since: nothing is kept of what comes in for somebody who was.
    return 'erased'
  }
  if (!mayCollect(book, item, input, rules.settings)) return 'refused'
  const { customerId, merges, proven, parked } = resolveCustomer(
    book,
    input,
    item.customerId,
    context.newCustomerId,
  )
  if (parked !== null)
    return park(context, item, customerId, new Error(`The customer is parked, and is not merged: ${parked}`))
  for (const found of merges) merge(context, customerId, found, input)
  const entry = book.entry(customerId)
  if (!entry) throw new ReferenceError(`Customer ${customerId} is not on the book`)
  if (entry.parked !== null)
    return park(context, item, customerId, new Error(`The customer is parked: ${entry.parked}`))
  if (mustRebuild(entry.customer, rules)) defer(entry)
  try {
    const isWaiting = entry.deferred !== undefined
    const late = !isWaiting && isLate(entry.customer, input, rules)
    const applied = late ? context.lateGuard.admit(entry.customer, input) : input
    if (isWaiting || (late && applied === input)) {
      defer(entry).items.push(item)
      assumeIdentity(context, entry, proven)
      gathered.events.push({ customerId, input })
      return 'deferred'
    }
    record(context, entry, step(entry.customer, applied, rules), { isRebuilt: false })
    gathered.events.push({ customerId, input: applied })
    return 'applied'
  } catch (error) {
    return park(context, item, customerId, error)
  }
}

function applyWake(context: ApplyContext, item: IngestItem): IngestVerdict | 'deferred' {
  const { input } = item
  const entry = item.customerId === undefined ? undefined : context.book.entry(item.customerId)
  if (!entry) return 'applied'
  if (entry.parked !== null) {
    return item.parkedId === undefined
      ? 'applied'
      : park(context, item, entry.customer.id, new Error(`The customer is parked: ${entry.parked}`))
  }
  if (item.refold || mustRebuild(entry.customer, context.rules)) defer(entry)
  if (entry.deferred) {
    entry.deferred.items.push(item)
    return 'deferred'
  }
  try {
    record(context, entry, step(entry.customer, input, context.rules), { isRebuilt: false })
    return 'applied'
  } catch (error) {
    // The timer would throw again at every wake: the customer stands still until somebody has looked.
    entry.parked = describeError(error)
    entry.isChanged = true
    return park(context, item, entry.customer.id, error)
  }
}

/**
 * Has who was moved by something older than the newest rules judged by these, too: the job that looks at everybody may
 * have been at them already.
 */
export function catchUp(context: ApplyContext): void {
  const { book, rules, now, workspaceId } = context
  for (const { customer, isChanged } of book.entries()) {
    if (!isChanged || !isBehind(customer, rules, now)) continue
    applyWake(context, {
      workspaceId,
      customerId: customer.id,
      input: { kind: 'wake', at: now, receivedAt: now },
    })
  }
}

/**
 * Applies one item to the book. What the engine cannot apply is parked. What is late, or comes after a merge, is
 * `deferred`: `rebuildDeferred` applies it, once for each customer, however many such items a transaction has.
 */
export function applyItem(context: ApplyContext, item: IngestItem): IngestVerdict | 'deferred' {
  const { input } = item
  return input.kind === 'event' ? applyEvent(context, item, input) : applyWake(context, item)
}
