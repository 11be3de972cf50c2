import type { Input } from '@ciclo/engine'
import type { MessageOutcome } from '../store/queries/messages.ts'

/** One thing for ingest: an input for a customer, found by the event's identities or named by its id. */
export interface IngestItem {
  workspaceId: string
  input: Input
  /** For what Ciclo itself knows: a timer, a signed link that came back. */
  customerId?: string
  /** What became of a message: recorded in the same transaction as its event, and with it dropped if the claim is lost. */
  outcome?: MessageOutcome
}

/** How one item ended. `parked` and `duplicate` are accepted too: nothing is lost. */
export type IngestVerdict = 'applied' | 'duplicate' | 'parked' | 'claim-lost'
