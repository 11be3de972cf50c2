import { join } from 'node:path'
import { DAY, HOUR } from '@ciclo/engine'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { allCustomers, customersOf, expectedOrders, ordersOf, stagesOf } from './cdnow.check.ts'
import { createShopClient, messageIdOf, trackOrder } from './cdnow.client.ts'
import { figuresByCustomer, readCdnow, stageOf, type CdnowOrder } from './cdnow.data.ts'
import { runCliIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

const { path, kind, orders } = readCdnow()
const figures = figuresByCustomer(orders)
const name = `the ${orders.length} orders of ${figures.size} customers (${kind === 'real' ? 'CDNOW' : 'generated: no CDNOW file here'})`

const log = (line: string) => void process.stderr.write(`${line}\n`)

/** Stages at `now`, from the file alone. */
function expectedStages(now: number) {
  const times = Map.groupBy(orders, ({ userId }) => userId)
  return Object.fromEntries(
    [...times].map(([userId, own]) => [
      userId,
      stageOf(
        own.map(({ at }) => at),
        now,
      ),
    ]),
  )
}

let server: TestServer | undefined
let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  folder.remove()
})

async function messagesIn(
  databaseUrl: string,
): Promise<{ template: string; address: string; state: string }[]> {
  const store = await openStore(databaseUrl, { readOnly: true })
  const rows = await store.read((tx) => tx.select().from(tx.tables.messages))
  await store.close()
  return rows.map(({ template, address, state }) => ({ template, address, state }))
}

async function send(to: TestServer, sent: readonly CdnowOrder[], times: string): Promise<void> {
  const client = createShopClient({ url: to.url, key: to.secretKey })
  const start = performance.now()
  for (const order of sent) trackOrder(client, order)
  await client.flush()
  const perSecond = Math.round(sent.length / ((performance.now() - start) / 1_000))
  log(`cdnow: ${sent.length} events through the client, sent ${times}: ${perSecond} events/s`)
  expect(client.acknowledged).toEqual(new Set(sent.map(messageIdOf)))
}

async function expectOrdersOnceSentTwice(to: TestServer, sent: readonly CdnowOrder[]): Promise<void> {
  const expected = expectedOrders(figuresByCustomer(sent))
  await send(to, sent, 'once')
  expect(ordersOf(await allCustomers(to))).toEqual(expected)
  await send(to, sent, 'twice')
  expect(ordersOf(await customersOf(to, Object.keys(expected)))).toEqual(expected)
}

describe(`${name}, sent by Segment's client`, () => {
  it('are every customer’s orders to the cent on SQLite, sent twice as well as once', async () => {
    server = await startTestServer()
    await expectOrdersOnceSentTwice(server, orders)
  }, 60_000)

  describe('to PostgreSQL', () => {
    let postgres: TestPostgres
    beforeAll(async () => {
      postgres = await startPostgres()
    })
    afterAll(() => postgres.stop())

    it('are every customer’s orders to the cent for the first 300 customers, sent twice as well as once', async () => {
      server = await startTestServer({ environment: { DATABASE_URL: await postgres.createDatabase() } })
      const first = new Set([...figures.keys()].slice(0, 300))
      await expectOrdersOnceSentTwice(
        server,
        orders.filter(({ userId }) => first.has(userId)),
      )
    }, 60_000)
  })
})

describe(`${name}, imported`, () => {
  it('directly, twice, are the same orders once, in the right stage, and nothing is mailed', async () => {
    const environment = { CICLO_SECRET_KEY: 'test-secret-key-0001' }
    for (const [applied, duplicates] of [
      [orders.length, 0],
      [0, orders.length],
    ]) {
      const { code, said } = await runCliIn(folder.path, ['import', 'orders', path], environment)
      log(`cdnow: imported directly: ${said.find((line) => line.includes('rows/s'))}`)
      expect([code, said.join('\n')]).toEqual([
        0,
        expect.stringMatching(
          `applied     ${applied!.toLocaleString('en')}\n  duplicates  ${duplicates!.toLocaleString('en')}\\b`,
        ),
      ])
    }
    const databaseUrl = `file:${join(folder.path, 'ciclo.db')}`
    server = await startTestServer({ folder: folder.path })
    const customers = await allCustomers(server)
    expect(ordersOf(customers)).toEqual(expectedOrders(figures))
    expect(stagesOf(customers)).toEqual(expectedStages(Date.now()))
    expect(await messagesIn(databaseUrl)).toEqual([])
  }, 60_000)

  it('beside the live server of a demo, in the middle of 1998, are in the right stage then and later, and only what falls due afterwards is mailed', async () => {
    const catcher: SmtpCatcher = await startSmtpCatcher()
    const databaseUrl = `file:${join(folder.path, 'ciclo.db')}`
    server = await startTestServer({
      demo: true,
      journeys: 'life',
      folder: folder.path,
      environment: { SMTP_URL: catcher.url },
    })
    const live = server
    // Noon, so that no deadline of the file, all at midnight, falls on the moment of the import.
    const importedAt = Date.UTC(1998, 6, 1, 12)
    await live.api.passTime(importedAt - Date.now())
    const subscribers = [...figures.keys()].slice(0, 40)
    await live.api.send(
      subscribers.map((userId) => ({
        type: 'track',
        event: 'Subscribed',
        userId,
        properties: { email: `${userId}@example.com` },
      })),
    )
    await vi.waitFor(() => expect(catcher.mails).toHaveLength(subscribers.length), { timeout: 20_000 })

    // The limits that the expected stages are by; a curve would be drawn right after the import.
    const fixed = await fetch(`${live.url}/api/settings`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${live.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ gaps: { mode: 'fixed' } }),
    })
    expect(fixed.status).toBe(200)

    const { code, said } = await runCliIn(folder.path, ['import', 'orders', path], {
      PUBLIC_URL: live.url,
      CICLO_SECRET_KEY: live.secretKey,
    })
    log(`cdnow: imported beside a live server: ${said.find((line) => line.includes('rows/s'))}`)
    expect([code, said[1]]).toEqual([0, `  applied     ${orders.length.toLocaleString('en')}`])
    const settled = await vi.waitFor(
      async () => {
        const customers = await allCustomers(live)
        expect(stagesOf(customers)).toEqual(expectedStages(importedAt))
        return customers
      },
      { timeout: 20_000, interval: 500 },
    )
    expect(ordersOf(settled)).toEqual(expectedOrders(figures))
    const welcome = subscribers.map((userId) => ({
      template: 'welcome',
      address: `${userId}@example.com`,
      state: 'sent',
    }))
    const byAddress = <Mail extends { template: string; address: string }>(mails: Mail[]) =>
      mails.toSorted((one, other) => (one.address + one.template < other.address + other.template ? -1 : 1))
    expect(byAddress(await messagesIn(databaseUrl))).toEqual(byAddress(welcome))

    const passed = 45 * DAY
    await live.api.passTime(passed)
    const later = importedAt + passed
    const due = subscribers.flatMap((userId) => {
      const { lastAt } = figures.get(userId)!
      const isDue = (days: number) => lastAt + days * DAY > importedAt && lastAt + days * DAY <= later
      return [
        ...(isDue(90) ? [{ template: 'at-risk', address: `${userId}@example.com`, state: 'sent' }] : []),
        ...(isDue(180) ? [{ template: 'win-back', address: `${userId}@example.com`, state: 'sent' }] : []),
      ]
    })
    expect(due.length).toBeGreaterThan(0)
    expect(stagesOf(await allCustomers(live))).toEqual(expectedStages(later + HOUR))
    // Customers without an address are in the same journeys, and end there as refused.
    const mailed = (await messagesIn(databaseUrl)).filter(({ address }) => address !== '')
    expect(byAddress(mailed)).toEqual(byAddress([...welcome, ...due]))
    expect(catcher.mails).toHaveLength(welcome.length + due.length)
    await catcher.stop()
  }, 90_000)
})
