import type { Context } from 'hono'
import type { AuditEntry } from '../store/queries/audit.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'

/** What the audit keeps of a request: who did what, now. Without a subject it concerns nobody. */
export const auditEntry = (
  context: Context<ApiEnvironment>,
  { now, newId }: { now: () => number; newId: () => string },
  { action, subject = null, details }: Pick<AuditEntry, 'action' | 'details'> & { subject?: string | null },
): AuditEntry => ({ id: newId(), at: now(), actor: context.get('actor'), action, subject, details })
