import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { createIngest } from '../../src/ingest/ingest.ts'
import { createRulesCache, type RulesCache } from '../../src/ingest/rulesCache.ts'
import { createSegmentBuildJob } from '../../src/segments/buildSegments.ts'
import { pageOfMembers } from '../../src/store/queries/segments.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { usePostgres } from '../support/usePostgres.ts'

const createDatabase = usePostgres()

/** The ingest of a process that stands still once it has read the rules, until it is let go on. */
function createSlowIngest({ store, clock }: TestCiclo) {
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const cache = createRulesCache()
  const rules: RulesCache = {
    rulesFor: async (tx, workspaceIds) => {
      const found = await cache.rulesFor(tx, workspaceIds)
      reached.resolve()
      await gate.promise
      return found
    },
  }
  const ingest = createIngest({
    store,
    rules,
    now: () => clock.now(),
    // Before all others: a build that goes by the ids has passed it long ago.
    newCustomerId: () => '0',
    hashAddress: (workspaceId, address) => `${workspaceId} ${address}`,
    onCommitted: () => {},
    onError: (error) => {
      throw error
    },
  })
  return { ingest, reached: reached.promise, goOn: gate.resolve }
}

/** Resolves when some transaction of the database waits for a lock. */
const somebodyWaits = ({ store }: TestCiclo) =>
  vi.waitFor(
    async () => {
      const waiting = await store.read((tx) =>
        tx.select({ pid: sql<number>`pid` }).from(sql`pg_locks where not granted and database =
          (select oid from pg_database where datname = current_database())`),
      )
      expect(waiting).not.toEqual([])
    },
    { timeout: 10_000 },
  )

it.each([
  ['somebody who is known', true],
  ['somebody who is new', false],
])('a segment that one process saves counts what another is just storing, of %s', async (_who, isKnown) => {
  const databaseUrl = await createDatabase()
  const [one, other] = [
    await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' }),
    await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' }),
  ]
  const slow = createSlowIngest(one)
  try {
    const { workspaceId } = one
    const liked = (userId: string) =>
      one.item('secret', { type: 'track', name: 'Liked', userId, properties: {} })
    await one.ciclo.ingest.submit([liked('u0'), ...(isKnown ? [liked('u1')] : [])])
    const told = slow.ingest.submit([liked('u1')])
    await slow.reached

    const save = async () => {
      const rule = { kind: 'event', name: 'Liked', atLeast: isKnown ? 2 : 1 }
      const body = JSON.stringify({ name: 'Liked', rule })
      expect(await other.request('/api/segments/liked', { method: 'PUT', body })).toMatchObject({
        id: 'liked',
      })
      const { store, clock, ciclo } = other
      const job = createSegmentBuildJob({ store, ingest: ciclo.ingest, now: () => clock.now() })
      const { signal } = new AbortController()
      await job.run({
        workspaceId,
        dueAt: 0,
        progress: null,
        last: null,
        wakeAt: () => {},
        save: async () => {},
        signal,
      })
    }
    const saved = save()
    // Where nothing keeps it waiting, it may as well be over.
    await Promise.race([saved, somebodyWaits(other)])
    slow.goOn()
    expect(await told).toEqual(['applied'])
    await saved
    const members = await other.store.read((tx) =>
      pageOfMembers(tx, workspaceId, 'liked', { after: undefined, limit: 9 }),
    )
    expect(members.map(({ customer }) => customer.userId)).toContain('u1')
  } finally {
    slow.goOn()
    await slow.ingest.stop()
    await one.stop()
    await other.stop()
  }
})
