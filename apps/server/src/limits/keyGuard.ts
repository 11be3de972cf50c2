import { CicloError } from '../errors.ts'
import type { Keys } from '../keys.ts'
import type { KeyRecord } from '../store/queries/workspaces.ts'
import type { Client } from './clientAddress.ts'
import type { Limits } from './limits.ts'

/** Finds a key for a client, who may not try many. */
export type KeyGuard = (key: string, client: Client) => Promise<KeyRecord>

/**
 * Throws `unknown-key`; once a client has sent too many of them `too-many-requests`, also for a secret key that is
 * right: else the guess that hits would be told. A write key is no secret, and the people behind one address go on.
 */
export function createKeyGuard({ keys, limits }: { keys: Keys; limits: Limits }): KeyGuard {
  return async (key, client) => {
    const record = await keys.find(key)
    if (record?.kind === 'write') return record
    limits.expectFewWrongKeys(client)
    if (record) return record
    limits.countWrongKey(client)
    throw new CicloError('unknown-key', 'The key is not known here, or was revoked')
  }
}
