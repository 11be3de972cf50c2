import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import type { CompiledSegment, CompiledSegments, CountedLeaf, Counter } from './compileSegments.ts'
import { decisiveTime, isCounted, timesAt, withTime } from './eventCounter.ts'

type Times = readonly number[]

/** Whether one time more may make a leaf true, or true for longer. */
function isMoved({ leaf }: CountedLeaf, before: Times, after: Times): boolean {
  const time = decisiveTime(before, leaf)
  return time !== decisiveTime(after, leaf) && (time === undefined || leaf.within !== null)
}

/** The counters with other times at a place, and without those of the same event that no segment has any more. */
function withTimes(
  counters: Customer['counters'],
  { group, key }: Counter,
  times: Times,
  keys: CompiledSegments['keys'],
): Customer['counters'] {
  const own: Record<string, Times> = { ...counters[group], [key]: times }
  for (const name in own) if (!keys.get(group)?.has(name)) delete own[name]
  const next = { ...counters, [group]: own }
  for (const name in next) if (!keys.has(name)) delete next[name]
  return next
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
  let { counters } = customer
  const segments: CompiledSegment[] = []
  for (const counter of asked) {
    const before = timesAt(customer, counter)
    if (!counter.hasWindow && before.length >= counter.kept) continue
    if (!isCounted(counter, input)) continue
    const after = withTime(before, at, counter.kept)
    if (after === before) continue
    counters = withTimes(counters, counter, after, compiled.keys)
    for (const leaf of counter.leaves) if (isMoved(leaf, before, after)) segments.push(...leaf.segments)
  }
  return counters === customer.counters ? undefined : { customer: { ...customer, counters }, segments }
}
