import type { Input } from '@ciclo/engine'
import type { AuditEntry } from '../store/queries/audit.ts'
import type { MessageOutcome } from '../store/queries/messages.ts'

/** One thing for ingest: an input for a customer, found by the event's identities or named by its id. */
export interface IngestItem {
  workspaceId: string
  input: Input
  /** For what Ciclo itself knows: a timer, a signed link that came back. */
  customerId?: string
  /** What became of a message: recorded in the same transaction as its event, and with it dropped if the claim is lost. */
  outcome?: MessageOutcome
  /** Global Privacy Control: the browser says that its user does not want to be watched. */
  gpc?: boolean
  /** The id of a parked input that is tried again: its receipt does not count, and the parked row goes if it applies. */
  parkedId?: string
  /** Beside a `wake`: the customer is made anew from its whole history, as by a late event. */
  refold?: boolean
  /** Who asked for it, where somebody did: recorded in the same transaction, with what became of it. */
  audit?: AuditEntry
}

/**
 * How one item ended. `parked` and `duplicate` are accepted too: nothing is lost. `refused` is what the customer does
 * not want to be collected, `erased` what would bring back somebody who was erased: neither is kept.
 */
export type IngestVerdict = 'applied' | 'duplicate' | 'parked' | 'claim-lost' | 'refused' | 'erased'
