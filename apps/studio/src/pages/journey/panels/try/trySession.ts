import type { TryRequest } from '../../../../api/contract.ts'

export type TryCustomer = NonNullable<TryRequest['customer']>
export type TryAction = NonNullable<TryRequest['actions']>[number]

/** One customer and a clock: what has happened so far, and up to when it is lived through. Times are ISO 8601. */
export interface TrySession {
  customer: TryCustomer
  /** How the customer is called in the panel. */
  name: string
  begin: string
  until: string
  actions: readonly TryAction[]
}

/** A session, and those that it was before each press of a button: every one can be taken back. */
export interface TryHistory {
  now: TrySession
  before: readonly TrySession[]
}

export const beginTry = (session: TrySession): TryHistory => ({ now: session, before: [] })

const goOn = ({ now, before }: TryHistory, next: Partial<TrySession>): TryHistory => ({
  now: { ...now, ...next },
  before: [...before, now],
})

/** Lets the time pass up to an instant; never back. */
export const passUntil = (history: TryHistory, at: string): TryHistory =>
  at > history.now.until ? goOn(history, { until: at }) : history

export const passTime = (history: TryHistory, milliseconds: number): TryHistory =>
  passUntil(history, new Date(new Date(history.now.until).getTime() + milliseconds).toISOString())

/** Something happens now, as the clock of the session stands. */
export const doNow = (history: TryHistory, action: Omit<TryAction, 'at'>): TryHistory =>
  goOn(history, { actions: [...history.now.actions, { ...action, at: history.now.until }] })

export function takeBack(history: TryHistory): TryHistory {
  const last = history.before.at(-1)
  return last ? { now: last, before: history.before.slice(0, -1) } : history
}
