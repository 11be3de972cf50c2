import type { Region } from './lifecycle.ts'

/**
 * A customer's timers: owner and XState id, and when each is due (epoch milliseconds). They are data; nothing in the
 * engine waits. The owner is `lifecycle` or an enrolment's id, because two runs of one journey share XState's ids.
 */
export type Timers = Readonly<Record<string, number>>

export const LIFECYCLE_OWNER = 'lifecycle'
/** Recency alone changes a customer's RFM group. */
export const RFM_OWNER = 'rfm'
/** The window of a segment runs out. */
export const SEGMENTS_OWNER = 'segments'
/** A day in the customer's life that starts a journey. */
export const DATES_OWNER = 'dates'
/** Somebody's turn to be let into a journey that was opened to those who were there already. */
export const ENTRIES_OWNER = 'entries'

/** What is drawn anew from the events in every rebuild. All others are journeys', and those are facts. */
export const isDerivedOwner = (owner: string) =>
  owner === LIFECYCLE_OWNER || owner === RFM_OWNER || owner === SEGMENTS_OWNER || owner === DATES_OWNER

export interface Timer {
  key: string
  owner: string
  /** XState's id of the delayed event, which is also the event's type. */
  id: string
  dueAt: number
}

const SEPARATOR = '|'

const timerKey = (owner: string, id: string) => `${owner}${SEPARATOR}${id}`

/** The actions of one pure transition, as far as they concern time. */
export interface TimedAction {
  type: string
  params?: unknown
}

interface RaiseParams {
  id?: string
  delay?: number
  event?: { type: string }
  sendId?: string
}

/**
 * Applies XState's `raise` with a delay and `cancel`, in order: a re-entry cancels first and raises the same id again.
 * A raise without a delay has already happened inside the transition and is no timer.
 */
export function applyTimedActions(
  timers: Timers,
  owner: string,
  actions: readonly TimedAction[],
  at: number,
): Timers {
  let next: Record<string, number> | undefined
  for (const { type, params } of actions) {
    const { id, delay, sendId } = (params ?? {}) as RaiseParams
    if (type === 'xstate.cancel' && sendId !== undefined) {
      const key = timerKey(owner, sendId)
      if (key in (next ?? timers)) delete (next ??= { ...timers })[key]
    } else if (type === 'xstate.raise' && delay !== undefined && id !== undefined) {
      // XState fires an undefined or NaN delay at once, which would hide a broken figure.
      if (!Number.isFinite(delay))
        throw new TypeError(`Timer ${id} of ${owner}: expected a finite delay, got ${delay}`)
      next ??= { ...timers }
      // Rounded up: a timer that fires before its guard holds would be armed again at once, forever.
      next[timerKey(owner, id)] = at + Math.ceil(delay)
    }
  }
  return next ?? timers
}

const ownerOf = (key: string) => key.slice(0, key.lastIndexOf(SEPARATOR))

/** The timers of those owners that `isKept` keeps. */
export function timersOf(timers: Timers, isKept: (owner: string) => boolean): Timers {
  return Object.fromEntries(Object.entries(timers).filter(([key]) => isKept(ownerOf(key))))
}

/** The timers with one armed, or without it where it is never due; the very same where it is as it was. */
export function withTimer(timers: Timers, owner: string, id: string, dueAt: number | null): Timers {
  const key = timerKey(owner, id)
  if (dueAt === null) return key in timers ? withoutTimer(timers, key) : timers
  return timers[key] === dueAt ? timers : { ...timers, [key]: dueAt }
}

/** When a timer is due, if it is armed. */
export const timerOf = (timers: Timers, owner: string, id: string): number | undefined =>
  timers[timerKey(owner, id)]

/** The timers of an owner whose ids begin so. */
export const timersLike = (
  timers: Timers,
  owner: string,
  beginning: string,
): [key: string, dueAt: number][] =>
  Object.entries(timers).filter(([key]) => key.startsWith(timerKey(owner, beginning)))

/** The timer of a region of the lifecycle, by the name of its delay. No region has more than one. */
export function lifecycleTimer(timers: Timers, region: Region): { delay: string; dueAt: number } | undefined {
  for (const [key, dueAt] of Object.entries(timers)) {
    if (ownerOf(key) !== LIFECYCLE_OWNER || !key.includes(`.lifecycle.${region}.`)) continue
    // Such as `lifecycle|xstate.after.atRisk.lifecycle.stage.new`.
    return { delay: key.split('.')[2] ?? key, dueAt }
  }
  return undefined
}

export function withoutTimer(timers: Timers, key: string): Timers {
  const { [key]: _fired, ...kept } = timers
  return kept
}

/** At one instant come first the customer's own, then the runs', then what starts others: no name changes that. */
function turnOf(key: string): number {
  const owner = ownerOf(key)
  if (owner === DATES_OWNER || owner === ENTRIES_OWNER) return 2
  return isDerivedOwner(owner) ? 0 : 1
}

function isSooner([key, dueAt]: [string, number], [otherKey, otherDueAt]: [string, number]): boolean {
  if (dueAt !== otherDueAt) return dueAt < otherDueAt
  const [turn, otherTurn] = [turnOf(key), turnOf(otherKey)]
  return turn === otherTurn ? key < otherKey : turn < otherTurn
}

/** The first timer due by `at`, in the order (dueAt, turn, key), so that a replay fires them in the same order. */
export function nextDue(timers: Timers, at: number): Timer | undefined {
  let first: [key: string, dueAt: number] | undefined
  for (const entry of Object.entries(timers)) {
    if (entry[1] > at) continue
    if (!first || isSooner(entry, first)) first = entry
  }
  if (!first) return undefined
  const [key, dueAt] = first
  const owner = ownerOf(key)
  return { key, owner, id: key.slice(owner.length + 1), dueAt }
}

/** When the customer must be woken next, or null where nothing is pending. */
export function earliest(timers: Timers): number | null {
  const dues = Object.values(timers)
  return dues.length === 0 ? null : Math.min(...dues)
}
