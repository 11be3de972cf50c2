import type { BounceMeaning } from './bounceMeaning.ts'

/** By what the mail may be found that a report is about. All of it is only somebody's word until it is looked up. */
export interface Pointers {
  /** Addresses that may be envelope senders of ours: whom the report went to, and whom the mail came from. */
  addresses: readonly string[]
  /** Without angle brackets. */
  messageIds: readonly string[]
  /** Those of links for unsubscribing in its headers. */
  unsubscribeTokens: readonly string[]
}

/** What became of a mail at one recipient, as RFC 3464 has it. */
export interface DeliveryStatus {
  /** Lower-cased; null where the report names none. */
  finalRecipient: string | null
  originalRecipient: string | null
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** `5.1.1`; null where there is none. */
  status: string | null
  /** What the server said. */
  diagnostic: string
  /** Null where nothing has come back: it is tried on, or has arrived. */
  meaning: BounceMeaning | null
}

/** A mail that was sent to us about a mail of ours, as it can be read by a standard. */
export type Report =
  | { kind: 'delivery'; recipients: readonly DeliveryStatus[]; pointers: Pointers }
  /** RFC 5965: `abuse`, `not-spam`, `fraud`, `auth-failure` ... */
  | { kind: 'complaint'; feedbackType: string; recipients: readonly string[]; pointers: Pointers }
  /** RFC 3834: somebody is away. */
  | { kind: 'auto-reply' }
  /** Of no form that says what it means: for people, never guessed at. */
  | { kind: 'unknown'; why: string; pointers: Pointers }
