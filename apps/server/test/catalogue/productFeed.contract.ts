import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProductFeedJob } from '../../src/catalogue/productFeedJob.ts'
import { createTakeProducts } from '../../src/catalogue/createTakeProducts.ts'
import { createJobsLoop } from '../../src/loops/jobs.ts'
import type { Loop } from '../../src/loops/loop.ts'
import { ProductFeedSchema } from '../../src/routes/productFeedSchemas.ts'
import { createPostWebhook } from '../../src/webhooks/postWebhook.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

const xml = (...items: string[]) =>
  `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>${items.join('')}</channel></rss>`
const item = (id: string, price: string) =>
  `<item><g:id>${id}</g:id><title>Product ${id}</title><g:price>${price}</g:price></item>`

/** A feed at an address of the shop's, on a database, whichever it is. */
export function productFeedContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`a feed of products by its address, on ${database},`, () => {
    let test: TestCiclo
    let server: Server
    let answer: RequestListener
    let loop: Loop
    const errors: unknown[] = []
    let asked: (string | undefined)[] = []
    beforeAll(async () => {
      server = createServer((request, response) => {
        asked.push(request.headers['if-none-match'])
        answer(request, response)
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: 'shipped',
      })
      const { store, clock } = test
      const now = () => clock.now()
      loop = createJobsLoop({
        store,
        clock,
        jobs: [
          createProductFeedJob({
            store,
            takeProducts: createTakeProducts({ store, now, onNews: () => {} }),
            post: createPostWebhook({ allowedHosts: new Set(['127.0.0.1']) }),
            now,
          }),
        ],
        onError: (error) => errors.push(error),
      })
    })
    afterAll(async () => {
      expect(errors).toEqual([])
      await test.stop()
      server.close()
    })
    beforeEach(() => {
      asked = []
      test.clock.set(test.clock.now() + 1_000)
    })

    const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`
    const saying =
      (text: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
      (_request, response) =>
        void response.writeHead(status, headers).end(text)
    const put = (body: object) =>
      test.request('/api/product-feed', { method: 'PUT', body: JSON.stringify(body) })
    const read = async () => {
      await loop.drain()
      const { feed } = ProductFeedSchema.parse(await test.request('/api/product-feed'))
      return feed
    }
    const anHourLater = async () => {
      test.clock.set(test.clock.now() + 3_600_001)
      return await read()
    }

    it('is read at once, and once an hour what has changed', async () => {
      answer = saying(xml(item('oil', '3.00 EUR'), item('bad', 'much')), 200, { etag: '"one"' })
      await put({ url: url() })
      expect(await read()).toMatchObject({
        changed: 1,
        unchanged: 0,
        refused: 1,
        problems: [expect.stringContaining('price: given "much"') as string],
        problem: null,
      })
      expect(await test.request('/api/products/oil')).toMatchObject({ price: 300, currency: 'EUR' })
      answer = saying('', 304)
      const before = await read()
      expect(await anHourLater()).toMatchObject({ changed: 1, changedAt: before?.changedAt, problem: null })
      expect(asked).toEqual([undefined, '"one"'])
      answer = saying(xml(item('oil', '2.50 EUR')))
      expect(await anHourLater()).toMatchObject({ changed: 1, refused: 0, problems: [] })
      expect(await test.request('/api/products/oil')).toMatchObject({ price: 250 })
    })

    it('may be a table in the shop’s currency', async () => {
      answer = saying('id;title;price\nsoap;Soap;4,50\n')
      await put({ url: url(), currency: 'pln' })
      expect(await read()).toMatchObject({ changed: 1, currency: 'PLN' })
      expect(await test.request('/api/products/soap')).toMatchObject({ price: 450, currency: 'PLN' })
    })

    it.each<[string, RequestListener, string]>([
      ['is gone', saying('no', 404), 'answered 404'],
      ['has moved', saying('', 302, { location: 'http://127.0.0.1/' }), 'give the address that it leads to'],
      ['is no feed', saying('<html><body>Hello</body>'), ''],
      [
        'breaks off',
        (_request, response) => {
          response.writeHead(200, { 'content-length': '1000' }).write('id,title,price\nsoap,Soap,4.')
          setImmediate(() => response.destroy())
        },
        'broke off',
      ],
    ])('that %s changes nothing, and says so', async (_how, listener, problem) => {
      answer = saying('id,title,price\nsoap,Soap,5.00 EUR\n')
      await put({ url: url() })
      await read()
      answer = listener
      expect((await anHourLater())?.problem).toContain(problem)
      expect((await read())?.problem).not.toBeNull()
      expect(await test.request('/api/products/soap')).toMatchObject({ price: 500 })
    })

    it('is not read in the network that Ciclo runs in', async () => {
      await put({ url: 'http://10.0.0.1/feed.xml' })
      expect((await read())?.problem).toMatch(/10\.0\.0\.1|private|public/)
    })

    it('is asked for no more when it is removed', async () => {
      answer = saying(xml(item('oil', '9.00 EUR')))
      await put({ url: url() })
      await read()
      await test.request('/api/product-feed', { method: 'DELETE' })
      asked = []
      expect(await anHourLater()).toBeNull()
      expect(asked).toEqual([])
      expect(await test.request('/api/product-feed', { method: 'DELETE' })).toMatchObject({ status: 404 })
      expect(await put({ url: 'ftp://x' })).toMatchObject({ status: 400 })
      expect(await test.request('/api/products/oil')).toMatchObject({ price: 900 })
    })
  })
}
