import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFrozenClock } from '../../src/clock.ts'
import { createOnsiteCache } from '../../src/onsite/onsiteCache.ts'
import { openStore } from '../../src/store/openStore.ts'
import { deleteOnsite, listOnsite, saveOnsite } from '../../src/store/queries/onsite.ts'
import { insertWorkspace } from '../../src/store/queries/workspaces.ts'
import type { Store } from '../../src/store/store.ts'
import { SettingsSchema } from '@ciclo/engine'
import { POP_UP } from './onsiteWorld.ts'

const NOW = Date.UTC(2026, 0, 1)

/** How a process remembers what of a workspace is live, while other processes change it. */
export function onsiteCacheContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the cache of on-site messages on ${database}`, () => {
    let store: Store
    let clock: ReturnType<typeof createFrozenClock>
    let reads: number
    let isAway: boolean
    let errors: unknown[]

    beforeEach(async () => {
      store = await openStore(await createDatabase())
      clock = createFrozenClock(NOW)
      ;[reads, isAway, errors] = [0, false, []]
      for (const id of ['w1', 'w2'])
        await store.write((tx) =>
          insertWorkspace(tx, {
            id,
            name: id,
            settings: SettingsSchema.parse({}),
            journeys: [{ definition: { id: 'none' } as never, hash: '', live: false }],
            keys: [{ id, kind: 'write', hash: id, prefix: id }],
            createdAt: NOW,
          }),
        )
    })
    afterEach(() => store.close())

    const counted: Store = new Proxy({} as Store, {
      get: (_target, name: keyof Store) =>
        name === 'read'
          ? async (...given: Parameters<Store['read']>) => {
              reads += 1
              if (isAway) throw new Error('The store is away')
              return await store.read(...given)
            }
          : store[name],
    })
    const cacheOf = () =>
      createOnsiteCache({ store: counted, now: () => clock.now(), onError: (error) => errors.push(error) })
    const save = async (workspaceId: string, id: string, more: object = {}) =>
      await store.write((tx) =>
        saveOnsite(tx, workspaceId, { id, definition: { ...POP_UP, id, ...more } }, clock.now()),
      )
    const idsOf = async (cache: ReturnType<typeof cacheOf>, workspaceId = 'w1') =>
      (await cache.liveOf(workspaceId)).messages.map(({ id }) => id)

    it('reads the store once for a thousand who ask, together or one after the other', async () => {
      await save('w1', 'hello')
      const cache = cacheOf()
      const asked = Array.from({ length: 500 }, () => cache.isShowing('w1'))
      expect(new Set(await Promise.all(asked))).toEqual(new Set([true]))
      for (let time = 0; time < 500; time += 1) await cache.liveOf('w1')
      expect(reads).toBe(1)
    })

    it('keeps the messages that are live, of each workspace for itself', async () => {
      await save('w1', 'hello')
      await save('w1', 'off', { live: false })
      await save('w1', 'later', { from: '2999-01-01T00:00:00Z' })
      await save('w1', 'of-another-version', { kind: 'hologram' })
      const cache = cacheOf()
      expect(await idsOf(cache)).toEqual(['hello', 'later'])
      expect(await idsOf(cache, 'w2')).toEqual([])
      expect([await cache.isShowing('w1'), await cache.isShowing('w2')]).toEqual([true, false])
    })

    it('tells of another process’s change three seconds later, and lets nobody wait for it', async () => {
      const cache = cacheOf()
      expect(await cache.isShowing('w1')).toBe(false)
      await save('w1', 'hello')
      clock.set(NOW + 2_999)
      expect(await cache.isShowing('w1')).toBe(false)
      clock.set(NOW + 3_000)
      // The first who asks then is answered from memory.
      expect(await cache.isShowing('w1')).toBe(false)
      await expect.poll(() => cache.isShowing('w1')).toBe(true)
    })

    it('tells at once of what was changed here, also while it was reading', async () => {
      await save('w1', 'hello')
      const cache = cacheOf()
      const reading = cache.liveOf('w1')
      await store.write((tx) => deleteOnsite(tx, 'w1', 'hello'))
      cache.forget('w1')
      await reading
      expect(await idsOf(cache)).toEqual([])
    })

    it('shows nothing, and asks no more than it must, while the store is away', async () => {
      await save('w1', 'hello')
      const [cache, knowing] = [cacheOf(), cacheOf()]
      await knowing.liveOf('w1')
      isAway = true
      expect(await cache.isShowing('w1')).toBe(false)
      expect(errors).toHaveLength(1)
      clock.set(NOW + 3_000)
      expect(await knowing.isShowing('w1')).toBe(true)
      await expect.poll(() => errors.length).toBe(2)
      reads = 0
      for (let time = 0; time < 50; time += 1) expect(await knowing.isShowing('w1')).toBe(true)
      expect(reads).toBe(0)
    })

    it('reads what was saved, by its id, and replaces it', async () => {
      await save('w1', 'b')
      await save('w2', 'b')
      clock.set(NOW + 1)
      await save('w1', 'a')
      await save('w1', 'b', { priority: 3 })
      expect(await store.read((tx) => listOnsite(tx, 'w1'))).toMatchObject([
        { id: 'a', createdAt: NOW + 1, updatedAt: NOW + 1 },
        { id: 'b', createdAt: NOW, updatedAt: NOW + 1, definition: { priority: 3 } },
      ])
      expect(await store.write((tx) => deleteOnsite(tx, 'w1', 'b'))).toBe(true)
      expect(await store.write((tx) => deleteOnsite(tx, 'w1', 'b'))).toBe(false)
      expect(await store.read((tx) => listOnsite(tx, 'w2'))).toHaveLength(1)
    })
  })
}
