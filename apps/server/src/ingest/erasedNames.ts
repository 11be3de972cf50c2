/** The keyed hash of a text, such as an address, in a workspace. */
export type HashText = (workspaceId: string, text: string) => string

/** The keyed hash by which an address is known whose owner was erased. */
export const erasedMark = (workspaceId: string, address: string, hash: HashText): string =>
  hash(workspaceId, `erased:${address}`)

/**
 * The keyed hashes that an erasure leaves of a customer's names. They are others than those of addresses that no mail
 * may go to: a complaint or a bounce outlives the erasure, and the erasure hides none that comes later.
 */
export function erasedNames(
  workspaceId: string,
  { addresses, userIds }: { addresses: readonly string[]; userIds: readonly string[] },
  hash: HashText,
): string[] {
  return [
    ...addresses.map((address) => erasedMark(workspaceId, address, hash)),
    ...userIds.map((userId) => hash(workspaceId, `userId:${userId}`)),
  ]
}
