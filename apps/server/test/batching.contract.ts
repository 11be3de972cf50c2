import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IngestItem } from '../src/ingest/ingestItem.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000
const byText = (one: unknown, other: unknown) => String(one).localeCompare(String(other), 'en')
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

interface Draw {
  kind: number
  person: number
  browser: number
  order: number
  day: number
}

const draws = fc.array(
  fc.record({
    kind: fc.nat(11),
    person: fc.nat(2),
    browser: fc.nat(2),
    order: fc.nat(3),
    day: fc.integer({ min: -60, max: 0 }),
  }),
  { minLength: 2, maxLength: 24 },
)

const OLDER_THAN_THE_MERGE: Draw[] = [
  { kind: 0, person: 0, browser: 1, order: 0, day: -30 },
  { kind: 2, person: 2, browser: 0, order: 0, day: -30 },
  { kind: 3, person: 2, browser: 1, order: 0, day: 0 },
  { kind: 6, person: 2, browser: 0, order: 0, day: -1 },
]

/** An event of a small shop: three people, three browsers that they share, four orders. */
function itemOf(test: TestCiclo, { kind, person, browser, order, day }: Draw): IngestItem {
  const at = { at: test.clock.now() + day * DAY }
  const userId = `u${person}`
  const email = `p${person}@shop.example`
  const anonymousId = `a${browser}`
  const track = (name: string, properties: Record<string, unknown> = {}) =>
    ({ type: 'track', name, userId, properties }) as const
  const orderOf = { order_id: `o${order}-${person}`, total: 10 + order }
  const line = { cart_id: `cart${order % 2}`, product_id: `p${order}`, price: 5 }
  const cart = (name: string) => ({ type: 'track', name, properties: line }) as const
  switch (kind) {
    case 0:
      return test.item('public', { type: 'page', anonymousId }, at)
    case 1:
      return test.item('public', { type: 'identify', anonymousId, traits: { email, colour: order } }, at)
    case 2:
      return test.item('secret', { type: 'identify', userId, traits: { email, size: order } }, at)
    case 3:
      return test.item('secret', { type: 'identify', userId, anonymousId }, at)
    case 4:
      return test.item('secret', track('Order Completed', orderOf), at)
    case 5:
      return test.item('secret', track('Order Refunded', { ...orderOf, total: 3 }), at)
    case 6:
      return test.item('secret', { ...track('Subscribed', { email }), anonymousId }, at)
    case 7:
      return test.item('secret', track('Order Cancelled', orderOf), at)
    case 8:
      return test.item('public', { ...cart('Product Added'), anonymousId }, at)
    case 9:
      return test.item('public', { ...cart('Product Removed'), anonymousId }, at)
    case 10:
      return test.item('secret', { ...track('Unsubscribed'), anonymousId }, at)
    default:
      return test.item('secret', { ...cart('Checkout Started'), userId }, at)
  }
}

/** What the customers have become, told without their ids, which are random. */
async function outcome(test: TestCiclo) {
  const { customers } = (await test.request('/api/customers?limit=200')) as {
    customers: { id: string; userId: string | null; email: string | null }[]
  }
  const told = await Promise.all(
    customers.map(async ({ id }) => {
      const { createdAt: _at, id: _id, ...customer } = await test.request(`/api/customers/${id}`)
      const identities = (customer['identities'] as { kind: string; value: string }[])
        .map(({ kind, value }) => `${kind} ${value}`)
        .toSorted(byText)
      const events = (await test.below(id, 'events'))
        .map(({ messageId, name }) => name ?? messageId)
        .toSorted(byText)
      const steps = (await test.below(id, 'transitions')).map(({ at, region, from, to }) => [
        at,
        region,
        from,
        to,
      ])
      const mails = (await test.below(id, 'messages')).map(({ template }) => template).toSorted(byText)
      return { ...customer, merges: undefined, identities, events, steps, mails }
    }),
  )
  return told.toSorted((one, other) => (String(one.identities) < String(other.identities) ? -1 : 1))
}

/** Group commit on a database: what is committed together, and in how many statements. */
export function batchingContract(
  database: string,
  createDatabase: () => Promise<string>,
  runs = Number(process.env['RUNS'] ?? 6),
): void {
  describe(`group commit on ${database}`, () => {
    it(`makes of events in one transaction what it makes of them one by one (seed ${seed}, ${runs} runs)`, async () => {
      const lived = async (drawn: readonly Draw[], isTogether: boolean) => {
        const test = await createTestCiclo({
          databaseUrl: await createDatabase(),
          smtpUrl: 'smtp://127.0.0.1:9',
        })
        try {
          const items = drawn.map((draw) => itemOf(test, draw))
          const groups = isTogether ? [items] : items.map((item) => [item])
          for (const group of groups)
            for (const verdict of await test.ciclo.ingest.submit(group)) expect(verdict).toBe('applied')
          return await outcome(test)
        } finally {
          await test.stop()
        }
      }
      await fc.assert(
        fc.asyncProperty(draws, async (drawn) => {
          expect(await lived(drawn, true)).toEqual(await lived(drawn, false))
        }),
        // A timer is due at the very instant of a merge, before which something is told of that comes after it.
        { seed, numRuns: runs, endOnFailure: false, examples: [[OLDER_THAN_THE_MERGE]] },
      )
    }, 120_000)

    it('tells the past anew for the late events of a browser no oftener than an honest one has any', async () => {
      const test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
      })
      try {
        const tell = (messageId: string, day: number) =>
          test.ciclo.ingest.submit([
            test.item(
              'public',
              { type: 'identify', anonymousId: 'a1', traits: { day } },
              { id: messageId, at: test.clock.now() - day * DAY },
            ),
          ])
        await tell('now', 0)
        for (let day = 1; day <= 33; day += 1) await tell(`late-${day}`, day)
        const [{ id = '' } = {}] = (await test.request('/api/customers'))['customers'] as { id?: string }[]
        const events = await test.below(id, 'events')
        const moved = events.filter(
          ({ timestamp }) => Date.parse(String(timestamp)) >= test.clock.now() && timestamp !== undefined,
        )
        expect(moved.map(({ messageId }) => messageId).toSorted(byText)).toEqual([
          'late-31',
          'late-32',
          'late-33',
          'now',
        ])
      } finally {
        await test.stop()
      }
    })
  })
}
