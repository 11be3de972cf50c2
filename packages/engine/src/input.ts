import type { Event } from './event.ts'

/**
 * Who says so, which decides how far it is believed:
 * `secret` the shop's own server, `public` anybody's browser, `own` Ciclo itself (a signed link that came back,
 * a delivery), `import` the shop's past.
 */
export type Source = 'secret' | 'public' | 'own' | 'import'

/** An event on its way into a customer. Times are epoch milliseconds. */
export interface EventInput {
  kind: 'event'
  /** Segment's messageId: the same id is the same event, however often it is sent. */
  id: string
  /** When it happened. Never later than `receivedAt`. */
  at: number
  receivedAt: number
  source: Source
  event: Event
}

/** The passing of time: fires whatever timer is due by `at`, and is nothing when none is. */
export interface WakeInput {
  kind: 'wake'
  at: number
  receivedAt: number
}

/** All that can move a customer. `at` is the only time that the engine knows. */
export type Input = EventInput | WakeInput
