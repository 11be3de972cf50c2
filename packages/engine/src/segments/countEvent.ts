import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import type { CompiledSegment, CompiledSegments, CountedLeaf } from './compileSegments.ts'
import { decisiveTime, isCounted, RECORDS, timesAt, withTime } from './eventCounter.ts'

type Times = readonly number[]

const NO_COUNTERS: Customer['counters'] = Array.from({ length: RECORDS }, () => null)

/** Whether one time more may make a leaf true, or true for longer. */
function isMoved({ leaf }: CountedLeaf, before: Times, after: Times): boolean {
  const time = decisiveTime(before, leaf)
  return time !== decisiveTime(after, leaf) && (time === undefined || leaf.within !== null)
}

/**
 * Adds an event's time to every counter that counts it, at its place: it may be older than others. Undefined where
 * nobody counts it, or its time makes no difference.
 */
export function countEvent(
  customer: Customer,
  input: EventInput,
  compiled: CompiledSegments,
): { customer: Customer; segments: CompiledSegment[] } | undefined {
  const { event, at } = input
  const ofType = compiled.counters.get(event.type)
  if (!ofType) return undefined
  const asked = (event.name === undefined ? undefined : ofType.named.get(event.name)) ?? ofType.any
  const { counters } = customer
  let counted: Customer['counters'][number][] | undefined
  // Each is copied once, however many counters of it an event moves.
  const copies: Record<string, Times>[] = []
  const segments: CompiledSegment[] = []
  for (const counter of asked) {
    const before = timesAt(customer, counter)
    if (!counter.hasWindow && before.length >= counter.kept) continue
    if (!isCounted(counter, input)) continue
    const after = withTime(before, at, counter.kept)
    if (after === before) continue
    counted ??= counters.length === RECORDS ? counters.slice() : NO_COUNTERS.slice()
    const copy = (copies[counter.record] ??= { ...counted[counter.record] })
    copy[counter.key] = after
    counted[counter.record] = copy
    for (const leaf of counter.leaves) if (isMoved(leaf, before, after)) segments.push(...leaf.segments)
  }
  return counted && { customer: { ...customer, counters: counted }, segments }
}
