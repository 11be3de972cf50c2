import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CustomersSchema, EventsSchema } from '../src/routes/apiSchemas.ts'
import { arbitraryRequests } from './ingestFuzz.bodies.ts'
import { createTestCiclo, SECRET_KEY, WRITE_KEY, type TestCiclo } from './support/createTestCiclo.ts'

/** Every property prints its seed in its name; `SEED` and `RUNS` repeat it. */
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

interface Answer {
  success?: boolean
  rejected?: { index: number; messageId: string | null; code: string; message: string }[]
}

/** Browsers and the shop's server have ids of their own: the same text is of two events. */
const nameOf = (source: string, id: string) => `${source} ${id}`

const idOf = (event: unknown): string | undefined => {
  const id = (event as { messageId?: unknown } | null)?.messageId
  if (typeof id === 'number' && Number.isFinite(id)) return String(id + 0)
  return typeof id === 'string' && id !== '' ? id.toWellFormed().replaceAll('\u0000', '\uFFFD') : undefined
}

/** Whatever is sent: a Ciclo on this database answers, and stores what it has accepted exactly once. */
export function ingestFuzz(
  database: string,
  createDatabase: () => Promise<string>,
  defaultRuns: number,
): void {
  const runs = Number(process.env['RUNS'] ?? defaultRuns)

  describe(`Any body on ${database} (seed ${seed}, ${runs} runs)`, () => {
    let test: TestCiclo
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test?.stop())

    /** The ids of the events that came in at this time; every run has a time of its own. */
    const storedAt = async (receivedAt: number) => {
      const { events, parked } = await test.store.read(async (tx) => {
        const { events: table, parked: aside } = tx.tables
        return {
          events: await tx
            .select({ id: table.messageId, source: table.source })
            .from(table)
            .where(eq(table.receivedAt, receivedAt)),
          parked: await tx.select({ error: aside.error }).from(aside),
        }
      })
      expect(parked).toEqual([])
      return events.flatMap(({ id, source }) => (id.startsWith('ciclo:') ? [] : [nameOf(source, id)]))
    }

    it('is answered without a 5xx, and what was accepted is stored exactly once', async () => {
      let run = 0
      const statuses = new Map<number, number>()
      const seen = new Set<string>()
      await fc.assert(
        fc.asyncProperty(arbitraryRequests(WRITE_KEY, SECRET_KEY), async (requestOf) => {
          run += 1
          const { path, headers, body, events, source } = requestOf(`run-${run}`)
          test.clock.set(test.clock.now() + 10_000)
          const response = await test.ciclo.app.request(path, { method: 'POST', headers, body })
          const answer = (await response.json()) as Answer
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
          expect([200, 400, 401, 413], JSON.stringify(answer)).toContain(response.status)
          const stored = await storedAt(test.clock.now())
          expect(stored.filter((id) => seen.has(id))).toEqual([])
          expect(new Set(stored).size).toBe(stored.length)
          if (response.status !== 200) {
            expect(stored).toEqual([])
          } else if (events) {
            const rejected = new Set((answer.rejected ?? []).map(({ index }) => index))
            const accepted = events.filter((_, index) => !rejected.has(index))
            const named = accepted.map(idOf).filter((id) => id !== undefined)
            const ids = new Set(named.map((id) => nameOf(source, id)))
            const nameless = accepted.filter((event) => idOf(event) === undefined)
            const fresh = [...ids].filter((id) => !seen.has(id))
            expect(stored).toEqual(expect.arrayContaining(fresh))
            expect(stored).toHaveLength(fresh.length + nameless.length)
          }
          for (const id of stored) seen.add(id)
          expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
        }),
        // Shrinking takes minutes with bodies of this size; a failure names its seed and path.
        { seed, numRuns: runs, endOnFailure: true },
      )
      // A property that nothing passes through would prove nothing.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 8)
      expect(statuses.get(400) ?? 0).toBeGreaterThan(0)
    })

    it('leaves customers that the API can show, with figures that are whole numbers', async () => {
      const { customers } = CustomersSchema.parse(await test.request('/api/customers?limit=200'))
      expect(customers.length).toBeGreaterThan(0)
      for (const { id, orders } of customers) {
        for (const amount of Object.values(orders.revenue)) expect(Number.isSafeInteger(amount)).toBe(true)
        EventsSchema.parse(await test.request(`/api/customers/${id}/events?limit=200`))
      }
    })
  })
}
