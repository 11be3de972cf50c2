import { SettingsSchema, type Journey } from '@ciclo/engine'
import { FIRST_JOURNEYS, journeyHash, loadShippedJourneys, shippedJourneyIds } from '@ciclo/journeys'
import { adoptShipped, type ShippedJourneys } from './journeys/adoptShipped.ts'
import { deriveKey, hashKey } from './keys.ts'
import { acquireLease } from './store/leases.ts'
import { ensureKey, firstWorkspaceId, insertWorkspace } from './store/queries/workspaces.ts'
import type { Store } from './store/store.ts'

export interface FirstWorkspaceOptions {
  store: Store
  secret: string
  now: () => number
  newId: () => string
  writeKey: string | undefined
  secretKey: string | undefined
  /** The demo's workspace: all journeys on, its browser is its only source of orders, prices in euros. */
  demo: boolean
  /** What the workspace begins with; those that Ciclo ships, when left out. */
  journeys?: readonly Journey[]
}

export interface FirstWorkspace {
  id: string
  isNew: boolean
  /** The keys that a new database got. An older one may have others. */
  writeKey: string
  secretKey: string
}

/** The first workspace of a database: the one that is there, or a new one with the keys given or generated. */
export async function ensureFirstWorkspace(options: FirstWorkspaceOptions): Promise<FirstWorkspace> {
  const { store, secret, now, newId, demo } = options
  const writeKey = options.writeKey ?? deriveKey(secret, 'write')
  const secretKey = options.secretKey ?? deriveKey(secret, 'secret')
  const keyOf = (kind: 'write' | 'secret', key: string) => {
    const hash = hashKey(secret, key)
    return { id: hash.slice(0, 16), kind, hash, prefix: key.slice(0, 6) }
  }
  const given = options.journeys
  const shipped: ShippedJourneys = given
    ? { ids: () => given.map(({ id }) => id), load: () => given }
    : { ids: shippedJourneyIds, load: loadShippedJourneys }
  return await store.write(async (tx) => {
    // Of many processes that start on a new database together, the others wait here for the first one's commit.
    await acquireLease(tx, { name: 'first-workspace', holder: 'start', now: 0, ttl: 0 })
    const existing = await firstWorkspaceId(tx)
    if (existing !== undefined) {
      await adoptShipped(tx, shipped, now())
      // The demo shop must know its own keys, whatever keys this database began with.
      if (demo) {
        await ensureKey(tx, existing, keyOf('write', writeKey), now())
        await ensureKey(tx, existing, keyOf('secret', secretKey), now())
      }
      return { id: existing, isNew: false, writeKey, secretKey }
    }
    const id = newId()
    const isOn = new Set(FIRST_JOURNEYS)
    await insertWorkspace(tx, {
      id,
      name: demo ? 'Demo' : 'Shop',
      settings: SettingsSchema.parse(
        demo
          ? {
              shop: { name: 'Cafetal', address: 'Calle del Grano 12, 28012 Madrid' },
              currency: 'EUR',
              browserOrdersAreRevenue: true,
            }
          : {},
      ),
      journeys: shipped.load().map((definition) => ({
        definition,
        hash: journeyHash(definition),
        live: demo || isOn.has(definition.id),
      })),
      keys: [keyOf('write', writeKey), keyOf('secret', secretKey)],
      createdAt: now(),
    })
    return { id, isNew: true, writeKey, secretKey }
  })
}
