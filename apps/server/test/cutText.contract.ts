import { describe, expect, it } from 'vitest'
import { createTestCiclo } from './support/createTestCiclo.ts'

const PAIR = '😀'

/** A letter that is a pair of surrogates where a text of `length` is cut. */
const straddling = (length: number) => 'x'.repeat(length - 1) + PAIR

/** What is cut or decoded after the event itself was cleaned: PostgreSQL keeps neither NUL nor half of a pair. */
export function cutTextContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Text that is cut or decoded on ${database}`, () => {
    it.each<[what: string, event: Record<string, unknown>]>([
      [
        'a NUL in the tags of an address',
        { type: 'page', context: { page: { url: 'https://shop.example/?utm_source=a%00b' } } },
      ],
      [
        'a campaign',
        { type: 'page', context: { campaign: { source: straddling(100), name: straddling(100) } } },
      ],
      [
        'a coupon',
        {
          type: 'track',
          name: 'Checkout Started',
          properties: { products: [{ product_id: 'p1' }], coupon: straddling(255) },
        },
      ],
      [
        'a product in the cart',
        {
          type: 'track',
          name: 'Product Added',
          properties: { product_id: 'p1', name: straddling(255), variant: straddling(255) },
        },
      ],
      [
        'the wording of a consent',
        {
          type: 'track',
          name: 'Consent Given',
          properties: {
            purpose: 'tracking',
            text: straddling(10_000),
            textVersion: straddling(200),
            method: straddling(200),
          },
        },
      ],
    ])('%s is kept', async (_, event) => {
      const test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
      })
      try {
        const { input, workspaceId } = test.item('secret', { ...event, userId: 'u1' } as never)
        await test.ciclo.ingest.submit([{ workspaceId, input }])
        expect(await test.customer('userId=u1')).toMatchObject({ parked: null })
        const kept = await test.store.read(async (tx) => [
          await tx.select({ state: tx.tables.customers.state }).from(tx.tables.customers),
          await tx.select().from(tx.tables.products),
          await tx.select().from(tx.tables.consents),
        ])
        // Half of a pair is written so in JSON, and becomes U+FFFD in a text.
        expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud[89a-f][\da-f]{2}|x\uFFFD/i)
      } finally {
        await test.stop()
      }
    })
  })
}
