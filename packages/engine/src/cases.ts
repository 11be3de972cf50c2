import { canonicalName } from './canonicalName.ts'
import { readId } from './commerceFields.ts'
import type { EventInput } from './input.ts'

/** Something that a customer waits for the shop to put right: no time to be sent advertising. */
export interface OpenCase {
  kind: 'return' | 'complaint'
  /** What the shop calls it, and the order that it is about, as far as it was told. */
  id: string | null
  orderId: string | null
  /** When it was opened, for the last time. */
  since: number
}

/** So many are remembered of a customer. */
const MOST_CASES = 20

type Change = 'opened' | 'closed'

const CHANGES: ReadonlyMap<string, readonly [OpenCase['kind'], Change]> = new Map([
  ['Return Requested', ['return', 'opened']],
  ['Withdrawal Requested', ['return', 'opened']],
  ['Return Closed', ['return', 'closed']],
  ['Order Refunded', ['return', 'closed']],
  ['Complaint Opened', ['complaint', 'opened']],
  ['Complaint Closed', ['complaint', 'closed']],
])

interface CaseChange {
  change: Change
  told: OpenCase
}

/** What an event says of a case, if anything. A browser's word is none: anybody could keep a customer from all news. */
export function caseChangeOf({ source, at, event }: EventInput): CaseChange | undefined {
  if (source === 'public' || event.type !== 'track' || event.name === undefined) return undefined
  const found = CHANGES.get(canonicalName(event.name))
  if (!found) return undefined
  const { properties } = event
  const idOf = (specified: string, camel: string) =>
    readId(properties[specified] ?? properties[camel]) ?? null
  const [kind, change] = found
  const orderId = idOf('order_id', 'orderId')
  const id = kind === 'complaint' ? idOf('case_id', 'caseId') : idOf('return_id', 'returnId')
  return { change, told: { kind, id, orderId, since: at } }
}

const isSame = (one: OpenCase, other: OpenCase) =>
  one.kind === other.kind && one.id === other.id && one.orderId === other.orderId

const contradicts = (one: string | null, other: string | null) =>
  one !== null && other !== null && one !== other

/**
 * Whether what was closed is an open case: nothing that was told of the two differs, and something is the same. A
 * refund often names only the order, and so ends all its returns.
 */
const isMeant = (open: OpenCase, closed: OpenCase) =>
  open.kind === closed.kind &&
  !contradicts(open.id, closed.id) &&
  !contradicts(open.orderId, closed.orderId) &&
  (isSame(open, closed) ||
    (open.id !== null && open.id === closed.id) ||
    (open.orderId !== null && open.orderId === closed.orderId))

/** The open cases after a change, the oldest first; the very same list where it changes none. */
export function changeCases(open: readonly OpenCase[], { change, told }: CaseChange): readonly OpenCase[] {
  if (change === 'opened') return [...open.filter((one) => !isSame(one, told)), told].slice(-MOST_CASES)
  const left = open.filter((one) => !isMeant(one, told))
  return left.length === open.length ? open : left
}

/**
 * Until when cases keep marketing back at the latest, or null where none does: one that is open for longer than the
 * pause was forgotten.
 *
 * @param pause milliseconds
 */
export function casesUntil(open: readonly OpenCase[], pause: number, at: number): number | null {
  const last = open.at(-1)
  return last !== undefined && last.since + pause > at ? last.since + pause : null
}
