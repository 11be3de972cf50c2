import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { seededRandom } from './crash.random.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

export interface KillsContract {
  kills: number
  createDatabase?: () => Promise<string>
  timeout: number
}

const SENDERS = 6
/** How long a server lives under load, at most: milliseconds. */
const LIFE = 400

type WireEvent = Record<string, unknown> & { messageId: string }

/** What one person does, in order: known to nobody at first, then by two names, which turn out to be one customer. */
function storyOf(person: string): WireEvent[] {
  const [anonymousId, userId] = [`anonymous-${person}`, `user-${person}`]
  const email = `${person}@example.com`
  const events: Record<string, unknown>[] = [
    { type: 'page', anonymousId, name: 'Home', properties: { path: '/' } },
    { type: 'screen', anonymousId, name: 'Product' },
    { type: 'track', anonymousId, event: 'Product Viewed', properties: { product_id: 'p1', price: 10 } },
    { type: 'identify', userId, traits: { firstName: 'Ana' } },
    { type: 'track', userId, event: 'Order Completed', properties: { order_id: `o-${person}`, total: 20 } },
    { type: 'alias', previousId: anonymousId, userId },
    { type: 'identify', anonymousId, userId, traits: { email } },
    { type: 'group', userId, groupId: 'g1' },
    { type: 'track', userId, event: 'Subscribed', properties: { email } },
    { type: 'track', userId, event: 'Order Refunded', properties: { order_id: `o-${person}`, total: 5 } },
  ]
  return events.map((event, place) => ({ ...event, messageId: `${person}-${place}` }))
}

async function look(databaseUrl: string) {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    return await store.read(async (tx) => {
      const { events, identities, orders, parked } = tx.tables
      const stored = new Map<string, number>()
      for (const { id } of await tx.select({ id: events.messageId }).from(events))
        stored.set(id, (stored.get(id) ?? 0) + 1)
      const owners = await tx
        .select({ value: identities.value, customerId: identities.customerId })
        .from(identities)
      return {
        stored,
        ownerOf: new Map(owners.map(({ value, customerId }) => [value, customerId])),
        orders: await tx.select({ id: orders.id, refunded: orders.refunded }).from(orders),
        parked: await tx.select().from(parked),
      }
    })
  } finally {
    await store.close()
  }
}

/** kill -9 at any moment under load: what was acknowledged is there, once, and every customer is whole. */
export function killsContract(database: string, { kills, createDatabase, timeout }: KillsContract): void {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  describe(`on ${database} (SEED=${seed})`, () => {
    it(
      `${kills} times kill -9 under load lose and double nothing`,
      async () => {
        const start = performance.now()
        const random = seededRandom(seed)
        const folder = createTestFolder()
        onTestFinished(folder.remove)
        const databaseUrl = (await createDatabase?.()) ?? `file:${join(folder.path, 'ciclo.db')}`
        const environment = { DATABASE_URL: databaseUrl }
        const restart = () => startTestServer({ folder: folder.path, environment })
        let server: TestServer = await restart()
        onTestFinished(async () => void (await server.kill()))

        const acknowledged = new Set<string>()
        const finished: string[] = []
        let unanswered = 0
        const run = { ended: false }
        let up = Promise.withResolvers<void>()
        up.resolve()
        const deliver = async (batch: readonly WireEvent[]): Promise<void> => {
          for (;;) {
            const status = await fetch(`${server.url}/v1/batch`, {
              method: 'POST',
              headers: { authorization: `Basic ${btoa(`${server.secretKey}:`)}` },
              body: JSON.stringify({ batch }),
            }).then(
              (response) => response.status,
              () => 0,
            )
            if (status === 200) break
            expect([0, 503]).toContain(status)
            if (status === 0) unanswered += 1
            // A client that knocks meanwhile would only make the start slower.
            await up.promise
            await wait(5)
          }
          for (const { messageId } of batch) acknowledged.add(messageId)
        }
        const sending = Array.from({ length: SENDERS }, async (_, sender) => {
          for (let count = 0; !run.ended; count += 1) {
            const person = `person-${sender}-${count}`
            const story = storyOf(person)
            for (let place = 0; place < story.length;) {
              const size = 1 + Math.floor(random() * 4)
              await deliver(story.slice(place, place + size))
              place += size
            }
            finished.push(person)
          }
        })
        let failure: unknown
        const failed = Promise.all(sending).catch((error: unknown) => {
          failure = error
        })

        const lost: string[] = []
        for (let kill = 0; kill < kills; kill += 1) {
          const before = acknowledged.size
          await vi.waitFor(
            () => {
              if (failure) throw failure as Error
              expect(acknowledged.size, server.output().slice(-1_000)).toBeGreaterThan(before)
            },
            { timeout: 30_000, interval: 1 },
          )
          await wait(random() * LIFE)
          const known = [...acknowledged]
          up = Promise.withResolvers()
          await server.kill()
          // Seen before the next start, so that a client that sends again cannot hide a loss.
          const { stored } = await look(databaseUrl)
          lost.push(...known.filter((messageId) => !stored.has(messageId)))
          server = await restart()
          up.resolve()
        }
        run.ended = true
        await failed
        if (failure) throw failure as Error
        const { stored, ownerOf, orders, parked } = await look(databaseUrl)
        const seconds = (performance.now() - start) / 1_000
        process.stderr.write(
          `kills on ${database}: SEED=${seed} kills=${kills} events=${acknowledged.size} ` +
            `requests-cut=${unanswered} lost=${lost.length} seconds=${seconds.toFixed(1)}\n`,
        )
        expect(lost).toEqual([])
        expect(unanswered).toBeGreaterThan(0)
        expect([...acknowledged].filter((messageId) => stored.get(messageId) !== 1)).toEqual([])
        expect([...stored].filter(([, times]) => times !== 1)).toEqual([])
        expect(parked).toEqual([])
        expect(
          finished.filter((person) => ownerOf.get(`anonymous-${person}`) !== ownerOf.get(`user-${person}`)),
        ).toEqual([])
        expect(orders.map(({ id }) => id).toSorted()).toEqual(
          finished.map((person) => `o-${person}`).toSorted(),
        )
        expect(orders.filter(({ refunded }) => refunded !== 500)).toEqual([])
      },
      timeout,
    )
  })
}
