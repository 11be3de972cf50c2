import {
  BEGINNING,
  EVENT_NAMES,
  isBefore,
  isPast,
  rebuild,
  step,
  type Customer,
  type EventInput,
  type StepResult,
} from '@ciclo/engine'
import { describeError } from '../describeError.ts'
import type { StoredEvent } from '../store/queries/events.ts'
import { park, record, type ApplyContext } from './applyItem.ts'
import type { BookEntry, Deferred } from './customerBook.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'

/** What is stored of these customers, and of those who were merged into them before this transaction. */
export interface Histories {
  /** How many events each has, by the customer's own id. */
  lengths(customerIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** All of them. */
  read(customerIds: readonly string[]): Promise<readonly StoredEvent[]>
}

/** Read at once, so that nobody can fill the memory with the histories of many: an event has at most 32 KB. */
const EVENTS_AT_ONCE = 2_000

const positionOf = ({ input }: IngestItem) => ({ at: input.at, id: input.kind === 'event' ? input.id : '' })

const inOrder = (one: IngestItem, other: IngestItem) =>
  isBefore(positionOf(one), positionOf(other)) ? -1 : 1

/**
 * The deferred items by whether the past must be told anew with them, or goes on with them.
 *
 * @param mergedAt the last merge of this transaction, which is told with the past: time passes until then
 */
function sorted(deferred: readonly IngestItem[], customer: Customer, mergedAt: number) {
  const belongsToPast = ({ input }: IngestItem) =>
    input.kind === 'event' && (input.at < mergedAt || isPast(customer, input))
  return {
    past: deferred.filter(belongsToPast),
    later: deferred.filter((item) => !belongsToPast(item)).toSorted(inOrder),
  }
}

interface Rebuilt {
  verdicts: Map<IngestItem, IngestVerdict>
  /** Events that are in no history after all. */
  withdrawn: Set<EventInput>
}

function goOn(context: ApplyContext, entry: BookEntry, item: IngestItem, { verdicts, withdrawn }: Rebuilt) {
  const { input } = item
  try {
    record(context, entry, step(entry.customer, input, context.rules), { isRebuilt: false })
    verdicts.set(item, 'applied')
  } catch (error) {
    if (input.kind === 'event') withdrawn.add(input)
    else {
      entry.parked = describeError(error)
      entry.isChanged = true
    }
    verdicts.set(item, park(context, item, entry.customer.id, error))
  }
}

function rebuildEntry(
  context: ApplyContext,
  entry: BookEntry,
  { items, before, hasMerged }: Deferred,
  history: readonly EventInput[],
  rebuilt: Rebuilt,
) {
  const merges = hasMerged ? history.filter(({ event }) => event.name === EVENT_NAMES.customersMerged) : []
  const mergedAt = merges.reduce((last, { at }) => Math.max(last, at), BEGINNING)
  const { past, later } = sorted(items, entry.customer, mergedAt)
  const laterIds = new Set(later.map((item) => positionOf(item).id))
  const pastIds = new Set(past.map((item) => positionOf(item).id))
  let result: StepResult
  try {
    const told = history.filter(({ id }) => !laterIds.has(id))
    result = rebuild(entry.customer, told, context.rules, pastIds)
  } catch (error) {
    // A merge cannot be half done: the transaction runs again with fewer items, until the one to blame is alone.
    if (hasMerged) throw error
    entry.customer = before
    for (const item of items) {
      if (item.input.kind === 'event') rebuilt.withdrawn.add(item.input)
      rebuilt.verdicts.set(item, park(context, item, before.id, error))
    }
    return
  }
  record(context, entry, result, { isRebuilt: true })
  for (const item of past) rebuilt.verdicts.set(item, 'applied')
  for (const item of later) goOn(context, entry, item, rebuilt)
}

/** The ids in groups whose histories are read together: for nearly every transaction it is one. */
function grouped(ids: readonly string[], lengthOf: (id: string) => number): string[][] {
  const groups: string[][] = []
  let room = 0
  for (const id of ids) {
    const length = lengthOf(id)
    const last = groups.at(-1)
    if (last && length <= room) last.push(id)
    else {
      groups.push([id])
      room = EVENTS_AT_ONCE
    }
    room -= length
  }
  return groups
}

/**
 * Applies what `applyItem` has deferred: reads the histories that it takes, rebuilds each customer, and goes on with
 * what came after.
 */
export async function rebuildDeferred(
  context: ApplyContext,
  histories: Histories,
): Promise<Map<IngestItem, IngestVerdict>> {
  const { book, gathered } = context
  const rebuilt: Rebuilt = { verdicts: new Map(), withdrawn: new Set() }
  const waiting = new Map<string, [BookEntry, Deferred]>()
  for (const entry of book.entries()) {
    if (entry.deferred) waiting.set(entry.customer.id, [entry, entry.deferred])
    entry.deferred = undefined
  }
  if (waiting.size === 0) return rebuilt.verdicts
  // Whom this transaction has merged into them the store does not know yet.
  const absorbed = Map.groupBy(
    book.merges().map(({ absorbedId }) => absorbedId),
    (id) => book.rootOf(id),
  )
  const namesOf = (id: string) => [id, ...(absorbed.get(id) ?? [])]
  const stored = await histories.lengths([...waiting.keys()].flatMap(namesOf))
  const lengthOf = (id: string) => namesOf(id).reduce((sum, name) => sum + (stored.get(name) ?? 0), 0)
  const pending = Map.groupBy(gathered.events, ({ customerId }) => book.rootOf(customerId))
  for (const group of grouped([...waiting.keys()], lengthOf)) {
    const read = await histories.read(group.flatMap(namesOf))
    const byRoot = Map.groupBy(read, ({ customerId }) => book.rootOf(customerId))
    for (const id of group) {
      const [entry, deferred] = waiting.get(id) ?? []
      if (!entry || !deferred) continue
      const history = [...(byRoot.get(id) ?? []), ...(pending.get(id) ?? [])].map(({ input }) => input)
      rebuildEntry(context, entry, deferred, history, rebuilt)
    }
  }
  if (rebuilt.withdrawn.size > 0)
    gathered.events = gathered.events.filter(({ input }) => !rebuilt.withdrawn.has(input))
  return rebuilt.verdicts
}
