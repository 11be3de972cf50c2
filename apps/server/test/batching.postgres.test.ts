import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { batchingContract } from './batching.contract.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

batchingContract('PostgreSQL', createDatabase, 2)

it('sends PostgreSQL as many statements for 400 events of every kind as for 40', async () => {
  const test = await createTestCiclo({
    databaseUrl: await createDatabase(),
    smtpUrl: 'smtp://127.0.0.1:9',
    demo: true,
  })
  const now = test.clock.now()
  /** Orders, refunds, sign-ups, late ones, merges, bounces and visits: of `people`, each with ten events. */
  const events = (people: number, batch: string) =>
    Array.from({ length: people }, (_, person) => {
      const userId = `${batch}-u${person}`
      const anonymousId = `${batch}-a${person}`
      const email = `${userId}@shop.example`
      const track = (name: string, properties: Record<string, unknown> = {}) =>
        ({ type: 'track', name, userId, properties }) as const
      const order = { order_id: `${batch}-o${person}`, total: 20 }
      return [
        test.item('public', { type: 'page', anonymousId }),
        test.item('public', { type: 'identify', anonymousId, traits: { email } }),
        test.item('secret', track('Order Completed', order)),
        test.item('secret', { type: 'identify', userId, anonymousId, traits: { email } }),
        test.item('secret', track('Subscribed', { email })),
        test.item('secret', track('Order Completed', { order_id: `${batch}-past${person}` }), {
          at: now - 9e8,
        }),
        test.item('secret', track('Order Refunded', { ...order, total: 5 })),
        test.item('secret', track('Order Cancelled', { order_id: `${batch}-past${person}` })),
        test.item('secret', track('Email Bounced', { permanent: true, address: email })),
        test.item('public', { type: 'track', name: 'Product Viewed', anonymousId }),
      ]
    }).flat()
  const statements = async (people: number, batch: string) => {
    const queries = vi.spyOn(pg.Client.prototype, 'query')
    try {
      const verdicts = await test.ciclo.ingest.submit(events(people, batch))
      expect(new Set(verdicts)).toEqual(new Set(['applied']))
      return queries.mock.calls.length
    } finally {
      queries.mockRestore()
    }
  }
  try {
    // The first one loads the rules. What the studio counts is written beside, now and then: it only ever adds some.
    await statements(1, 'first')
    const fewest = async (people: number, batch: string) => {
      const counts: number[] = []
      for (const round of [1, 2, 3]) counts.push(await statements(people, `${batch}${round}`))
      return Math.min(...counts)
    }
    const few = await fewest(4, 'few')
    expect(await fewest(40, 'many')).toBe(few)
    // One each for begin and commit; the others read, lock and save by table.
    expect(few).toBeLessThan(40)
  } finally {
    await test.stop()
  }
})
