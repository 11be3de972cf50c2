import type { IngestItem } from '../ingest/ingestItem.ts'

/**
 * A `wake` for each of these customers at an instant.
 *
 * @param refold whether each is made anew from its whole history
 */
export const wakeItems = (
  workspaceId: string,
  customerIds: readonly string[],
  at: number,
  refold = false,
): IngestItem[] =>
  customerIds.map((customerId) => ({
    workspaceId,
    customerId,
    input: { kind: 'wake', at, receivedAt: at },
    ...(refold ? { refold } : {}),
  }))
