import { canonicalJson } from '../canonicalJson.ts'
import type { Customer } from '../customer.ts'
import { DERIVED_EVENTS } from '../derivedEvents.ts'
import { fnv1a } from '../fnv1a.ts'
import type { EventInput } from '../input.ts'
import { matchPath } from './matchValue.ts'
import type { SegmentLeaf } from './segmentRule.ts'

export type EventLeaf = Extract<SegmentLeaf, { kind: 'event' }>

/**
 * Where the times of the events that a leaf counts are kept in `customer.counters`: in the record of their name, by what
 * they are called and what else is asked of them. Leaves that differ only in how many they need, and how new, count the
 * same events.
 */
export interface CounterPlace {
  record: number
  key: string
}

/** How many records there are. Who changes it has all customers counted anew. */
export const RECORDS = 16

const PRIME = 0x5b_d1_e9_95

/** Another such hash, for texts that `fnv1a` takes for the same. */
function otherHash(text: string): number {
  let hash = text.length
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ (text.charCodeAt(index) + index), PRIME)
    hash ^= hash >>> 15
  }
  return hash >>> 0
}

/** Two hashes of a text, of 32 bits each. */
const hashesOf = (text: string): [number, number] => [fnv1a(text), otherHash(text)]

export function placeOf({ type, name, where }: EventLeaf): CounterPlace {
  const called = name === undefined ? type : `${type}:${name}`
  const [one, other] = hashesOf(called)
  const record = ((one ^ other) >>> 0) % RECORDS
  if (where.length === 0) return { record, key: called }
  const asked = hashesOf(where.map(canonicalJson).toSorted().join())
  return { record, key: `#${asked.map((hash) => hash.toString(36)).join('.')} ${called}` }
}

/** Whether an event of the leaf's type and name is what the leaf asks for besides. */
export function isCounted({ type, where }: Pick<EventLeaf, 'type' | 'where'>, input: EventInput): boolean {
  const { event, source } = input
  if (event.bot === true || (source === 'own' && DERIVED_EVENTS.includes(event.name ?? ''))) return false
  const bag = type === 'identify' || type === 'group' ? event.traits : event.properties
  return where.every(({ path, condition }) => matchPath(bag, path, condition))
}

const NONE: readonly number[] = []

/** When what a leaf counts has happened: as far as it is kept, oldest first. */
export function timesAt({ counters }: Customer, { record, key }: CounterPlace): readonly number[] {
  const times = counters[record]
  return times && Object.hasOwn(times, key) ? (times[key] ?? NONE) : NONE
}

/** Times with one more at its place, of which the latest are kept; the very same where it is older than all those. */
export function withTime(times: readonly number[], at: number, kept: number): readonly number[] {
  const place = times.findLastIndex((time) => time <= at) + 1
  if (place === 0 && times.length >= kept) return times
  const next = times.toSpliced(place, 0, at)
  return next.length > kept ? next.slice(next.length - kept) : next
}

/** How many of the events that a leaf counts do so at an instant, up to as many as are kept. */
export const countAt = (customer: Customer, leaf: EventLeaf, at: number): number =>
  timesAt(customer, placeOf(leaf)).filter((time) => leaf.within === null || at < time + leaf.within).length

/** The time that decides: of the event that makes it enough, counted from the latest. */
export const decisiveTime = (times: readonly number[], { atLeast }: EventLeaf): number | undefined =>
  times[times.length - atLeast]
