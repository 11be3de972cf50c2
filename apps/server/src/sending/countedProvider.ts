import { createHash } from 'node:crypto'
import { mailboxProviderOf } from '@ciclo/engine'

/**
 * Under what the counts of sending know the provider of an address: nobody reads it back, because a domain of one's own
 * names a person, and the counts outlive an erasure.
 */
export function countedProvider(workspaceId: string, provider: string): string {
  return createHash('sha256').update(`${workspaceId}\n${provider}`).digest('base64url').slice(0, 16)
}

/** The mailbox provider of an address, as limits name it. */
export const providerOf = (address: string) => mailboxProviderOf(address.slice(address.lastIndexOf('@') + 1))
