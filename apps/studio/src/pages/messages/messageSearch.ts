import type { MessageState } from '@ciclo/engine'
import { dayStart } from './dayStart.ts'

/** What the outbox's address says: which mails are shown. */
export interface MessageSearch {
  state?: MessageState
  purpose?: 'marketing' | 'transactional'
  template?: string
  journey?: string
  campaign?: string
  sender?: string
  to?: string
  /** Days of the shop's calendar, both inclusive: 2026-03-01. */
  from?: string
  until?: string
}

export const MESSAGE_STATES = [
  'queued',
  'sending',
  'sent',
  'refused',
  'failed',
  'expired',
  'dead',
  'unknown',
] as const satisfies readonly MessageState[]

const DAY = /^\d{4}-\d{2}-\d{2}$/
const PURPOSES = ['marketing', 'transactional'] as const

/** Reads what somebody may have typed: what is none of it is left out. */
export function readMessageSearch(given: Record<string, unknown>): MessageSearch {
  const textOf = (name: string) => {
    const value = given[name]
    // The router reads what looks like a number as one.
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && text.trim() !== '' ? text : undefined
  }
  const dayOf = (name: string) => {
    const text = textOf(name)
    return text !== undefined && DAY.test(text) ? text : undefined
  }
  const read = {
    state: MESSAGE_STATES.find((state) => state === given['state']),
    purpose: PURPOSES.find((purpose) => purpose === given['purpose']),
    template: textOf('template'),
    journey: textOf('journey'),
    campaign: textOf('campaign'),
    sender: textOf('sender'),
    to: textOf('to'),
    from: dayOf('from'),
    until: dayOf('until'),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** How many of the filters are set: the state has its own place. */
export const countFilters = ({ state: _state, ...filters }: MessageSearch) =>
  Object.values(filters).filter((value) => value !== undefined).length

/** What the server is asked for it. */
export function queryOf({ from, until, ...search }: MessageSearch, timeZone: string) {
  return {
    ...search,
    ...(from === undefined ? {} : { from: dayStart(from, timeZone) }),
    ...(until === undefined ? {} : { until: dayStart(until, timeZone, 1) }),
  }
}
