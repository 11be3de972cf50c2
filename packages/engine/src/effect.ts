import type { ConsentChange } from './consent.ts'
import type { Message } from './message.ts'

/**
 * Why an address is on the suppression list: `bounce` stops all mail to it, `complaint` marketing for good,
 * `unsubscribed` marketing until somebody who reads it agrees anew.
 */
export type SuppressionReason = 'bounce' | 'complaint' | 'unsubscribed'

/** What a step asks the shell to do. Data only: the shell carries it out in the step's own transaction. */
export type Effect =
  | { type: 'message'; message: Message }
  /** What the address, whichever customer has it or claims it, gets no more: `stopOf` says what each reason stops. */
  | {
      type: 'suppress'
      address: string
      reason: SuppressionReason
      at: number
      /** What the server said. */
      detail?: string
    }
  /** A proven yes from this address: what was `unsubscribed` before it is so no more. */
  | { type: 'lift'; address: string; at: number }
  /** To be kept, and never changed. */
  | { type: 'consent'; change: ConsentChange }
  /**
   * Something of Ciclo's own that happened to the customer: kept with its events. With traits it is an `identify`, and
   * the customer has them already, as a replay finds.
   */
  | {
      type: 'event'
      id: string
      at: number
      name: string
      properties: Record<string, unknown>
      traits?: Record<string, unknown>
    }
  /** One code of a pool for a run, under a name by which asking again gets the same code. */
  | { type: 'coupon'; claim: string; pool: string; enrolmentId: string; at: number }
  /** To be told to another server, signed; the id is the same however often it is tried. */
  | {
      type: 'webhook'
      id: string
      url: string
      at: number
      enrolmentId: string
      journeyId: string
      stepId: string
      data: Record<string, unknown>
    }
