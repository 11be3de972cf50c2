import type { Wanted } from '../store/queries/subjects.ts'

/** The keyed hash of a text, such as an address, in a workspace. */
export type HashText = (workspaceId: string, text: string) => string

/** An address is hashed as it is; a userId behind a word, so that none can pass for an address. */
export function erasedNames(
  workspaceId: string,
  { addresses, userIds }: { addresses: readonly string[]; userIds: readonly string[] },
  hash: HashText,
): string[] {
  return [
    ...addresses.map((address) => hash(workspaceId, address)),
    ...userIds.map((userId) => hash(workspaceId, `userId:${userId}`)),
  ]
}

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
