import {
  EVENT_NAMES,
  isLate,
  mergeCustomers,
  rebuild,
  step,
  type Effect,
  type EventInput,
  type Rules,
  type StepResult,
} from '@ciclo/engine'
import { describeError } from '../describeError.ts'
import type { StoredEvent } from '../store/queries/events.ts'
import type { CustomerMessage } from '../store/queries/messages.ts'
import type { ParkedInput } from '../store/queries/parked.ts'
import type { BookEntry, CustomerBook } from './customerBook.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'
import { ownEvent } from './ownEvent.ts'
import { resolveCustomer } from './resolveCustomer.ts'

/** What one transaction gathers while it walks its inputs. */
export interface Gathered {
  events: StoredEvent[]
  messages: CustomerMessage[]
  suppressions: Extract<Effect, { type: 'suppress' }>[]
  parked: ParkedInput[]
}

export interface ApplyContext {
  workspaceId: string
  book: CustomerBook
  gathered: Gathered
  rules: Rules
  newCustomerId: () => string
  /** All stored events of a customer and of those merged into it before this transaction. */
  readHistory(customerIds: readonly string[]): Promise<EventInput[]>
}

function carryOut(context: ApplyContext, customerId: string, effect: Effect): void {
  if (effect.type === 'suppress') context.gathered.suppressions.push(effect)
  else context.gathered.messages.push({ ...effect.message, customerId })
}

function record(context: ApplyContext, entry: BookEntry, result: StepResult, isRebuilt: boolean): void {
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

/** The whole history of a customer: what is stored, and what this transaction is about to store. */
async function historyOf(context: ApplyContext, customerIds: readonly string[]): Promise<EventInput[]> {
  const { book, gathered } = context
  const roots = new Set(customerIds.map((id) => book.rootOf(id)))
  // Whom this transaction has merged into them the store does not know yet.
  const absorbed = book
    .merges()
    .flatMap(({ absorbedId }) => (roots.has(book.rootOf(absorbedId)) ? absorbedId : []))
  const stored = await context.readHistory([...new Set([...customerIds, ...absorbed])])
  const pending = gathered.events.filter(({ customerId }) => roots.has(book.rootOf(customerId)))
  return [...stored, ...pending.map(({ input }) => input)]
}

async function merge(
  context: ApplyContext,
  survivorId: string,
  absorbedId: string,
  input: EventInput,
): Promise<void> {
  const { book, gathered, rules } = context
  const survivor = book.entry(survivorId)
  const absorbed = book.entry(absorbedId)
  if (!survivor || !absorbed) return
  const history = await historyOf(context, [survivorId, absorbedId])
  const result = mergeCustomers(survivor.customer, absorbed.customer, history, input.receivedAt, rules)
  book.merge(absorbedId, survivorId)
  record(context, survivor, result, true)
  const merged = ownEvent(
    `merge/${absorbedId}/${survivorId}`,
    input.receivedAt,
    EVENT_NAMES.customersMerged,
    { absorbed: absorbedId, into: survivorId, because: input.id },
  )
  gathered.events.push({ customerId: survivorId, input: merged })
}

function park(
  context: ApplyContext,
  item: IngestItem,
  customerId: string | null,
  error: unknown,
): IngestVerdict {
  const { input } = item
  const id = input.kind === 'event' ? input.id : `wake/${customerId}/${input.at}`
  context.gathered.parked.push({ id, customerId, error: describeError(error), input, at: input.receivedAt })
  return 'parked'
}

async function applyEvent(
  context: ApplyContext,
  item: IngestItem,
  input: EventInput,
): Promise<IngestVerdict> {
  const { book, gathered, rules } = context
  if (item.customerId !== undefined && !book.entry(item.customerId)) {
    return park(context, item, null, new Error(`There is no customer ${item.customerId}`))
  }
  const { customerId, merges } = resolveCustomer(book, input, item.customerId, context.newCustomerId)
  for (const absorbedId of merges) await merge(context, customerId, absorbedId, input)
  const entry = book.entry(customerId)
  if (!entry) throw new ReferenceError(`Customer ${customerId} is not on the book`)
  if (entry.parked !== null)
    return park(context, item, customerId, new Error(`The customer is parked: ${entry.parked}`))
  const pending: StoredEvent = { customerId, input }
  const late = isLate(entry.customer, input, rules)
  gathered.events.push(pending)
  try {
    const result = late
      ? rebuild(entry.customer, await historyOf(context, [customerId]), rules, new Set([input.id]))
      : step(entry.customer, input, rules)
    record(context, entry, result, late)
    return 'applied'
  } catch (error) {
    // The input waits apart from the history, so that no replay trips over it again.
    gathered.events.splice(gathered.events.indexOf(pending), 1)
    return park(context, item, customerId, error)
  }
}

/** Applies one item to the book. What the engine cannot apply is parked; whatever the store throws passes through. */
export async function applyItem(context: ApplyContext, item: IngestItem): Promise<IngestVerdict> {
  const { input } = item
  if (input.kind === 'event') return await applyEvent(context, item, input)
  const entry = item.customerId === undefined ? undefined : context.book.entry(item.customerId)
  if (!entry || entry.parked !== null) return 'applied'
  try {
    record(context, entry, step(entry.customer, input, context.rules), false)
    return 'applied'
  } catch (error) {
    // The timer would throw again at every wake: the customer stands still until somebody has looked.
    entry.parked = describeError(error)
    entry.isChanged = true
    return park(context, item, entry.customer.id, error)
  }
}
