import type { HashText } from '../ingest/erasedNames.ts'
import type { Wanted } from '../store/queries/subjects.ts'

/** Whom an entry of the audit concerns: by the address where there is one, as in the suppressions. */
export function subjectHash(
  workspaceId: string,
  address: string | null | undefined,
  wanted: Wanted,
  hash: HashText,
): string {
  if (address !== undefined && address !== null) return hash(workspaceId, address)
  if ('email' in wanted) return hash(workspaceId, wanted.email)
  return hash(workspaceId, 'userId' in wanted ? `userId:${wanted.userId}` : `customer:${wanted.id}`)
}
