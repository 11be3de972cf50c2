import {
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

/** All stored events of these customers and of those merged into them before this transaction, under their own ids. */
export type ReadHistory = (customerIds: readonly string[]) => Promise<readonly StoredEvent[]>

const positionOf = ({ input }: IngestItem) => ({ at: input.at, id: input.kind === 'event' ? input.id : '' })

const inOrder = (one: IngestItem, other: IngestItem) =>
  isBefore(positionOf(one), positionOf(other)) ? -1 : 1

/** The deferred items by whether the past must be told anew with them, or goes on with them. */
function sorted(deferred: readonly IngestItem[], customer: Customer) {
  const belongsToPast = ({ input }: IngestItem) => input.kind === 'event' && isPast(customer, input)
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
  const { past, later } = sorted(items, entry.customer)
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

/**
 * Applies what `applyItem` has deferred: reads the histories that it takes, all at once, rebuilds each customer, and
 * goes on with what came after.
 */
export async function rebuildDeferred(
  context: ApplyContext,
  readHistory: ReadHistory,
): Promise<Map<IngestItem, IngestVerdict>> {
  const { book, gathered } = context
  const rebuilt: Rebuilt = { verdicts: new Map(), withdrawn: new Set() }
  const deferred = new Map(
    book.entries().flatMap((entry) => (entry.deferred ? [[entry, entry.deferred]] : [])),
  )
  if (deferred.size === 0) return rebuilt.verdicts
  const ids = new Set([...deferred.keys()].map(({ customer }) => customer.id))
  // Whom this transaction has merged into them the store does not know yet.
  const absorbed = book
    .merges()
    .flatMap(({ absorbedId }) => (ids.has(book.rootOf(absorbedId)) ? absorbedId : []))
  const stored = await readHistory([...ids, ...absorbed])
  const byRoot = Map.groupBy([...stored, ...gathered.events], ({ customerId }) => book.rootOf(customerId))
  for (const [entry, waiting] of deferred) {
    entry.deferred = undefined
    const history = (byRoot.get(entry.customer.id) ?? []).map(({ input }) => input)
    rebuildEntry(context, entry, waiting, history, rebuilt)
  }
  if (rebuilt.withdrawn.size > 0)
    gathered.events = gathered.events.filter(({ input }) => !rebuilt.withdrawn.has(input))
  return rebuilt.verdicts
}
