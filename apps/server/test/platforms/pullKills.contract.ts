import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wooStory } from '../connections/wooStory.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'
import { startShop } from './startShop.ts'
import { wooShop } from './wooShop.ts'

type Row = Record<string, unknown> & { id: number }

const SETTLE = 120_000

/** Of each thing of a story the last that was told. */
const rowsOf = (n: number, topic: RegExp) => {
  const rows = new Map<number, Row>()
  for (const call of wooStory(n))
    if (topic.test(call.topic)) rows.set(Number(call.payload['id']), call.payload as Row)
  return [...rows.values()]
}

/**
 * A real server that fetches a shop's past, killed with SIGKILL in the middle of it.
 *
 * @param kills at which of the shop's answers
 */
export function pullKillsContract(kills: readonly number[], customers: number): void {
  describe(`a pull of ${customers} customers, killed ${kills.length} times`, () => {
    let folder: ReturnType<typeof createTestFolder>
    let server: TestServer | undefined
    let shop: Awaited<ReturnType<typeof startShop>> | undefined
    beforeEach(() => {
      folder = createTestFolder()
    })
    afterEach(async () => {
      await server?.stop()
      await shop?.stop()
      folder.remove()
    })

    it('comes to its end, with every order once and nobody mailed', { timeout: 120_000 }, async () => {
      const numbers = Array.from({ length: customers }, (_, n) => n)
      const has = {
        customers: numbers.flatMap((n) => rowsOf(n, /^customer/)),
        orders: numbers.flatMap((n) => rowsOf(n, /^order/)),
        products: [],
      }
      let answers = 0
      const waiting = new Map<number, () => void>()
      const answer = wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', () => {
        answers += 1
        waiting.get(answers)?.()
        return undefined
      })
      shop = await startShop(answer)
      const start = () =>
        startTestServer({ folder: folder.path, environment: { CICLO_WEBHOOK_HOSTS: '127.0.0.1' } })
      server = await start()
      const ask = async (path: string, method = 'GET', body?: unknown): Promise<Record<string, unknown>> => {
        const { url, secretKey } = server as TestServer
        const response = await fetch(`${url}/api${path}`, {
          method,
          headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return (await response.json()) as Record<string, unknown>
      }
      const made = await ask('/connections', 'POST', {
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${String(made['id'])}/pulls`, 'POST', {})
      for (const [life, place] of kills.entries()) {
        await new Promise<void>((resolve) => {
          if (answers >= place) resolve()
          else waiting.set(place, resolve)
        })
        await server.kill()
        server = await start()
        // What the killed process held is free after a while: this clock need not be waited for.
        await ask('/test/clock', 'POST', { now: new Date(Date.now() + (life + 1) * SETTLE).toISOString() })
      }
      await expect
        .poll(
          async () => {
            const { pulls } = await ask(`/connections/${String(made['id'])}/pulls`)
            return (pulls as { state: string }[]).map(({ state }) => state)
          },
          { timeout: 60_000, interval: 200 },
        )
        .toEqual(['done', 'done', 'done'])
      const found: { orders: { count: number; revenue: Record<string, number> } }[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Record<string, unknown> = await ask(
          `/customers?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
        found.push(...(page['customers'] as typeof found))
        cursor = page['next'] as string | null
      }
      expect(found).toHaveLength(customers)
      expect(found.every(({ orders }) => orders.count === 1 && orders.revenue['PLN'] === 10_000)).toBe(true)
      expect((await ask('/messages'))['messages']).toEqual([])
    })
  })
}
