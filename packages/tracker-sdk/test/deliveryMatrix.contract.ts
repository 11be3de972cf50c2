import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const stage = testWithBrowser({
  '/shop': '{{tracker data-key="shop-write-key" data-consent="granted" data-pages="false"}}',
})

const shop = () => `${stage.shop.origin}/shop`
const elsewhere = () => `${stage.ingest.origin}/elsewhere`

/** Many events in one task, and the next page in the same. */
const burst = (tab: Page, count: number, next?: string) =>
  tab.evaluate(
    ([number, address]) => {
      for (let index = 0; index < number; index++)
        window.ciclo.track('Product Viewed', { product_id: String(index), name: 'A product', price: 12.5 })
      if (address) location.href = address
    },
    [count, next] as const,
  )

const leave = async (tab: Page, count: number) => {
  await burst(tab, count, elsewhere())
  await tab.waitForURL('**/elsewhere')
}

/** Whose storage throws at every access, as where a browser has it switched off. */
const disableStorage = () =>
  stage.context.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    }),
  )

const fillStorage = (tab: Page) =>
  tab.evaluate(() => {
    for (const size of [1_000_000, 10_000, 100, 1]) {
      try {
        for (let index = 0; ; index++) localStorage.setItem(`shop.${size}.${index}`, 'x'.repeat(size))
      } catch {
        // The quota is reached for this size.
      }
    }
  })

interface Scenario {
  it: string
  /** Answers how many events there must be in all. */
  live: (count: number) => Promise<number>
  /** A tab cannot know that another one, which is gone, has just sent what lies there: the server drops the copy. */
  maySendCopies?: boolean
}

const scenarios: Scenario[] = [
  {
    it: 'the visitor leaves at once and never comes back',
    live: async (count) => {
      await leave(await stage.visit('/shop'), count)
      return count
    },
  },
  {
    it: 'the server answers 503 for five seconds and the visitor goes on to another page',
    live: async (count) => {
      stage.ingest.usual.status = 503
      const tab = await stage.context.newPage()
      await tab.clock.install()
      await tab.goto(shop())
      await burst(tab, count, `${shop()}?next`)
      await tab.waitForURL('**/shop?next')
      await tab.clock.runFor(5_000)
      await waitFor(() => expect(stage.ingest.requests.length).toBeGreaterThan(0))
      expect(stage.ingest.stored()).toEqual([])
      stage.ingest.usual.status = 200
      await waitFor(async () => {
        // Slowly, for an answer takes real time: a request is given up after twenty seconds.
        await tab.clock.runFor(500)
        expect(stage.ingest.stored()).toHaveLength(count)
      })
      return count
    },
  },
  {
    it: 'the tab is closed, and the shop is visited again another day',
    live: async (count) => {
      const tab = await stage.visit('/shop')
      await burst(tab, count)
      await tab.close()
      await stage.visit('/shop')
      return count
    },
  },
  {
    it: 'there are two tabs',
    maySendCopies: true,
    live: async (count) => {
      const tabs = [await stage.visit('/shop'), await stage.visit('/shop')]
      await Promise.all(tabs.map((tab) => leave(tab, count)))
      return 2 * count
    },
  },
  {
    it: 'the network is away and comes back',
    live: async (count) => {
      const tab = await stage.visit('/shop')
      await stage.context.setOffline(true)
      await burst(tab, count)
      await tab.waitForFunction(() => document.visibilityState === 'visible')
      await stage.context.setOffline(false)
      return count
    },
  },
  {
    it: 'the storage is full',
    live: async (count) => {
      const tab = await stage.visit('/shop')
      await fillStorage(tab)
      await leave(tab, count)
      return count
    },
  },
  {
    it: 'the storage is switched off',
    live: async (count) => {
      await disableStorage()
      await leave(await stage.visit('/shop'), count)
      return count
    },
  },
]

/** What becomes of bursts of so many events, whatever happens to the visitor. */
export const deliveryMatrix = (counts: readonly number[]): void => {
  test.each(scenarios.flatMap((scenario) => counts.map((count) => ({ ...scenario, count }))))(
    'of $count events in one burst all are stored once, without a preflight, when $it',
    async ({ live, count, maySendCopies }) => {
      stage.ingest.usual.delay = 80
      const expected = await live(count)
      await waitFor(() => expect(stage.ingest.stored()).toHaveLength(expected))
      if (!maySendCopies) expect(stage.ingest.received(), 'none was even sent twice').toHaveLength(expected)
      const asked = [...stage.ingest.requests, ...stage.ingest.others]
      expect(asked.filter(({ method }) => method === 'OPTIONS')).toEqual([])
    },
  )
}
