import type { IngestItem } from '../ingest/ingestItem.ts'
import type { AuditEntry } from '../store/queries/audit.ts'
import type { ParkedInput } from '../store/queries/parked.ts'
import type { HashText } from '../ingest/erasedNames.ts'

export interface ParkedShell {
  workspaceId: string
  actor: string
  now: number
  newId: () => string
  hash: HashText
}

/** The entry of the audit about something parked. Its id may hold personal data: the entry names the customer only. */
export function parkedAudit(
  { customerId, input }: ParkedInput,
  action: 'parked.retried' | 'parked.dropped',
  { workspaceId, actor, now, newId, hash }: ParkedShell,
): AuditEntry {
  return {
    id: newId(),
    at: now,
    actor,
    action,
    subject: customerId === null ? null : hash(workspaceId, `customer:${customerId}`),
    details: input.kind === 'wake' ? { kind: 'wake' } : { kind: 'event', source: input.source },
  }
}

/** Parked inputs as items for ingest, in the order in which they came. */
export function retryItems(parked: readonly ParkedInput[], shell: ParkedShell): IngestItem[] {
  return parked
    .toSorted((one, other) => one.input.receivedAt - other.input.receivedAt)
    .map((one) => {
      const { id, customerId, input } = one
      // Only what Ciclo itself says is about the customer it names; whatever else is, its identities say as before.
      const isAddressed = customerId !== null && (input.kind === 'wake' || input.source === 'own')
      return {
        workspaceId: shell.workspaceId,
        input,
        parkedId: id,
        audit: parkedAudit(one, 'parked.retried', shell),
        ...(isAddressed ? { customerId } : {}),
      }
    })
}
