import { createHmac, randomBytes } from 'node:crypto'
import { findKey, type KeyRecord, type NewKey } from './store/queries/workspaces.ts'
import type { Store } from './store/store.ts'

/** Keys are stored as a keyed hash: the database alone opens nothing. */
export function hashKey(secret: string, key: string): string {
  return createHmac('sha256', secret).update(`key:${key}`).digest('base64url')
}

/**
 * The keys of the first workspace where nobody has chosen any: made from the signing secret, so that they need not be
 * kept in clear anywhere to be known again after a restart.
 */
export function deriveKey(secret: string, kind: 'write' | 'secret'): string {
  const prefix = kind === 'write' ? 'cw' : 'cs'
  return `${prefix}_${createHmac('sha256', secret).update(`first-${kind}-key`).digest('base64url').slice(0, 32)}`
}

/** How much of a made key is shown: enough to tell one from another, and useless for a guess at the rest. */
const SHOWN = 9

/** A new key: the key itself, of 192 random bits, and what is kept of it. */
export function makeKey(secret: string, kind: 'write' | 'secret'): { key: string; record: NewKey } {
  const key = `${kind === 'write' ? 'cw' : 'cs'}_${randomBytes(24).toString('base64url')}`
  const hash = hashKey(secret, key)
  return { key, record: { id: hash.slice(0, 16), kind, hash, prefix: key.slice(0, SHOWN) } }
}

export interface Keys {
  /** The workspace and kind of a key, or undefined where it is unknown or revoked. */
  find(key: string): Promise<KeyRecord | undefined>
  /** Looks a key up anew when it is next shown: it was revoked. */
  forget(id: string): void
}

/** A revoked key works on for at most this long in a process that knows it, other than the one that revoked it. */
const REMEMBERED_FOR = 10_000

export function createKeys({
  store,
  secret,
  now,
}: {
  store: Store
  secret: string
  now: () => number
}): Keys {
  const known = new Map<string, { record: KeyRecord; until: number }>()
  return {
    find: async (key) => {
      const remembered = known.get(key)
      if (remembered && now() < remembered.until) return remembered.record
      const hash = hashKey(secret, key)
      const record = await store.read((tx) => findKey(tx, hash))
      // Unknown keys are not remembered: they would be a way to fill the memory.
      if (record) known.set(key, { record, until: now() + REMEMBERED_FOR })
      else known.delete(key)
      return record
    },
    forget: (id) => {
      for (const [key, { record }] of known) if (record.id === id) known.delete(key)
    },
  }
}
