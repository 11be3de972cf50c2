import { and, desc, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Who did what to whose data. It outlives an erasure, so it names nobody: its subject is a keyed hash. */
export interface AuditEntry {
  id: string
  at: number
  /** `user <id>` for a person, `key <prefix>` for a secret key, `cli` for the command line, `nobody` at the door. */
  actor: string
  action: string
  subject: string | null
  details: Record<string, unknown>
}

export async function insertAudit(
  tx: Tx,
  workspaceId: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map((entry) => ({ workspaceId, ...entry }))
  if (rows.length > 0) await insertRows(tx, tx.tables.audit, rows)
}

/** One page of the audit, newest first: of all, or of one subject. */
export async function pageOfAudit(
  tx: ReadTx,
  workspaceId: string,
  wanted: { subject: string | undefined; after: { at: number; id: string } | undefined; limit: number },
): Promise<AuditEntry[]> {
  const { audit } = tx.tables
  const { subject, after, limit } = wanted
  const rows = await tx
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.workspaceId, workspaceId),
        subject === undefined ? undefined : eq(audit.subject, subject),
        after && behind('descending', [audit.at, after.at], [audit.id, after.id]),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit)
  return rows.map(({ workspaceId: _workspace, ...entry }) => entry)
}
