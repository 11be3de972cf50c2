import { BEGINNING, type Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { SEGMENTS_OWNER, timerOf, withTimer } from '../timers.ts'
import type { CompiledSegment, CompiledSegments, WatchedFacet } from './compileSegments.ts'
import { countEvent } from './countEvent.ts'
import { firstDue } from './ruleDues.ts'
import { turnedParts } from './turnedParts.ts'
import { withoutStale } from './withoutStale.ts'

/** Somebody has come into a segment, or has left it. */
interface SegmentChange {
  segment: string
  to: 'in' | 'out'
  /** What of the rule has turned: `turnedParts`. */
  numbers: Record<string, number | string>
}

interface SegmentsApplied {
  customer: Customer
  /** Also of segments that are not live yet, in the order of the definitions. */
  changes: readonly SegmentChange[]
}

/**
 * The one timer of all a customer's segments: never later than the next instant at which time alone changes a leaf. An
 * event that moves that instant away leaves it armed: when it is due, the next one is looked for. With a timer for each
 * leaf, a customer with 200 open windows paid 50 us for a copy of its timers at each event that is counted.
 */
const WINDOW = 'window'

const NO_CHANGES: readonly SegmentChange[] = []

type Concerned = Set<CompiledSegment>

function addAll(concerned: Concerned, segments: readonly CompiledSegment[]): Concerned {
  for (const segment of segments) concerned.add(segment)
  return concerned
}

function addWatching(
  concerned: Concerned | undefined,
  facets: readonly WatchedFacet[],
  before: Customer,
  after: Customer,
): Concerned | undefined {
  let found = concerned
  for (const { read, segments } of facets) {
    if (!Object.is(read(before), read(after))) found = addAll(found ?? new Set(), segments)
  }
  return found
}

/** Those whose time has come: every leaf that changes at this very instant. */
function addDue(
  concerned: Concerned | undefined,
  customer: Customer,
  at: number,
  { timed }: CompiledSegments,
): Concerned | undefined {
  let found = concerned
  for (const { dueAt, segments } of timed) {
    if (dueAt(customer) === at) found = addAll(found ?? new Set(), segments)
  }
  return found
}

function firstDueOf(customer: Customer, at: number, segments: Iterable<CompiledSegment>): number {
  let first = Infinity
  for (const { dues } of segments) first = firstDue(customer, at, dues, first)
  return first
}

/** Puts the customer into the segments that it is in now, and takes it out of the others of these. */
function move(
  before: Customer,
  customer: Customer,
  concerned: Concerned,
  at: number,
  compiled: CompiledSegments,
): SegmentsApplied {
  const isMember = (id: string) => Object.hasOwn(customer.segments, id)
  const moved: CompiledSegment[] = []
  for (const segment of concerned) {
    if (segment.isIn(customer, at) !== isMember(segment.id)) moved.push(segment)
  }
  if (moved.length === 0) return { customer, changes: NO_CHANGES }
  moved.sort((one, other) => one.position - other.position)
  const changes = moved.map(({ id, rule }): SegmentChange => ({
    segment: id,
    to: isMember(id) ? 'out' : 'in',
    numbers: turnedParts(rule, before, customer, at),
  }))
  const { segments, counters } = withoutStale(customer, compiled)
  for (const { segment, to } of changes) {
    if (to === 'in') segments[segment] = at
    else delete segments[segment]
  }
  return { customer: { ...customer, segments, counters }, changes }
}

/** Whether somebody of whom nothing was known has to be looked at by every rule. */
const isNew = (before: Customer, after: Customer, { initial }: CompiledSegments) =>
  before.moved.at === BEGINNING &&
  (before !== after || initial.some(({ id }) => !Object.hasOwn(after.segments, id)))

/**
 * Counts an event, and looks which segments a customer is in after it, of those that the event, what has changed of the
 * customer, or a window that runs out can have changed. A customer that nothing concerns comes back as the very same.
 *
 * What belongs to segments that are no more, memberships and counters, goes when the customer next enters or leaves
 * one; a window of theirs, when it runs out, changes nothing.
 *
 * @param before the customer before it happened, with the timer of the segments where that was due
 * @param after the customer after all that else it did, without the timer where it was due
 * @param input the event; null where time or the rules did it
 * @param at when it happened, or of an event told late when the last timer has fired; the customer is looked at no
 *   earlier than its last move
 */
export function applySegments(
  before: Customer,
  after: Customer,
  input: EventInput | null,
  at: number,
  compiled: CompiledSegments,
): SegmentsApplied {
  const counted = input === null ? undefined : countEvent(after, input, compiled)
  let concerned = counted && addAll(new Set(), counted.segments)
  if (before !== after) {
    concerned = addWatching(concerned, compiled.facets, before, after)
    if (before.traits !== after.traits) concerned = addWatching(concerned, compiled.traits, before, after)
  }
  if (isNew(before, after, compiled)) concerned = new Set(compiled.all)
  const armed = timerOf(after.timers, SEGMENTS_OWNER, WINDOW)
  const isDue =
    input === null && armed === undefined && timerOf(before.timers, SEGMENTS_OWNER, WINDOW) !== undefined
  if (isDue) concerned = addDue(concerned, after, at, compiled)
  const customer = counted?.customer ?? after
  if (!concerned && !isDue) return { customer, changes: NO_CHANGES }
  const instant = Math.max(at, after.moved.at)
  const applied = concerned
    ? move(before, customer, concerned, instant, compiled)
    : { customer, changes: NO_CHANGES }
  const next = isDue
    ? firstDue(
        applied.customer,
        instant,
        compiled.timed.map(({ dueAt }) => dueAt),
      )
    : firstDueOf(applied.customer, instant, concerned ?? [])
  if (next >= (armed ?? Infinity)) return applied
  const timers = withTimer(applied.customer.timers, SEGMENTS_OWNER, WINDOW, next)
  return { customer: { ...applied.customer, timers }, changes: applied.changes }
}
