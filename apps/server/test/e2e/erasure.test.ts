import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { runCliIn } from '../cli.support.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startPostgres } from '../support/postgres.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const SECRET = 'the signing secret of a test, long enough'
const CANARY = /canary/i
const ADDRESS = 'Canary.Bird+x@canary.example'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** All files below a folder that hold the canary, by their path, also where a mail or a URL has it in base64. */
function filesWithCanary(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return files
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => CANARY.test(readFileSync(path).toString('latin1')) || CANARY.test(path))
    .map((path) => path.slice(folder.length + 1))
}

const properties = {
  note: 'the canary sings',
  canary: [{ deep: { canary: 'canary' } }],
  order_id: 'canary-order',
  total: 12,
  products: [{ product_id: 'p1', sku: 's1', name: 'Cup', price: 12, quantity: 1, coupon: 'canary' }],
}
const context = {
  ip: '203.0.113.7',
  userAgent: 'Canary/1.0',
  locale: 'de-DE',
  page: { url: 'https://shop.example/?canary=canary', referrer: 'https://canary.example/', title: 'canary' },
  campaign: { name: 'canary' },
}
const traits = { email: ADDRESS, firstName: 'Canary', address: { street: 'Canary Row' }, phone: 'canary' }

/** What a visitor, her purchases and her questions leave in a shop, the canary in every field, among other customers. */
async function live({ api, writeKey, url, secretKey }: TestServer): Promise<void> {
  const crowd = (round: number) =>
    Array.from({ length: 100 }, (_, index) => ({
      type: 'track',
      event: 'Product Viewed',
      userId: `u${index % 40}`,
      messageId: `m-${round}-${index}`,
      properties: { text: 'x'.repeat(index * 20) },
    }))
  let round = 0
  const among = async (events: Record<string, unknown>[], key?: string) => {
    round += 1
    await api.send(crowd(round))
    await api.send(events, key)
  }
  const anonymousId = 'canary-browser'
  for (let visit = 0; visit < 5; visit += 1) {
    const messageId = `canary-visit-${visit}`
    await among([{ type: 'page', name: 'canary', anonymousId, messageId, properties, context }], writeKey)
    await among([{ type: 'identify', anonymousId, traits: { ...traits, visit }, context }], writeKey)
  }
  const subscribed = { type: 'track', event: 'Subscribed', properties: { email: ADDRESS, text: 'canary' } }
  await among([{ ...subscribed, anonymousId: 'canary-other', context }], writeKey)
  await among([{ ...subscribed, email: ADDRESS, traits: { email: ADDRESS } }], writeKey)
  await among([
    { type: 'identify', userId: 'canary-user', anonymousId, traits, messageId: `${ADDRESS}/1`, context },
    { ...subscribed, userId: 'canary-user', context },
  ])
  await among([{ type: 'alias', userId: 'canary-user', previousId: 'canary-other' }])
  await among([{ type: 'track', event: 'Order Completed', userId: 'canary-user', properties, context }])
  await among([{ type: 'group', userId: 'canary-user', groupId: 'canary-group', traits }])
  await among(
    [
      {
        type: 'track',
        event: 'Checkout Started',
        anonymousId: 'canary-third',
        properties: { ...properties, email: ADDRESS },
      },
    ],
    writeKey,
  )
  const orders = [{ orderId: 'canary-import', at: 0, total: '1.00', email: ADDRESS }]
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  await fetch(`${url}/api/import/orders`, { method: 'POST', headers, body: JSON.stringify({ orders }) })
  // What is asked for and refused is not to be found in the log either.
  await fetch(`${url}/api/customers?email=${encodeURIComponent(ADDRESS)}`, { headers })
  await fetch(`${url}/api/customers/canary?cursor=canary`, { headers })
  await fetch(`${url}/canary?email=${encodeURIComponent(ADDRESS)}`)
  await fetch(`${url}/v1/track`, {
    method: 'POST',
    body: JSON.stringify({ writeKey, event: 'canary', userId: { canary: 1 } }),
  })
  await api.passTime(60_000)
}

describe('an erased customer', () => {
  it('is nowhere in the database file, its log, the mailbox and what the server prints', async () => {
    const folder = createTestFolder()
    stops.push(() => folder.remove())
    const environment = { LOG_LEVEL: 'trace', CICLO_SECRET: SECRET }
    const server = await startTestServer({ folder: folder.path, environment })
    stops.push(() => server.stop())
    await live(server)
    const before = filesWithCanary(folder.path)
    expect(before).toContain('ciclo.db-wal')
    expect(before.some((path) => path.startsWith('mailbox/'))).toBe(true)

    const { port } = new URL(server.url)
    const cli = async (...argv: string[]) =>
      await runCliIn(folder.path, argv, { PORT: port, CICLO_SECRET: SECRET }, () => server.api.now())
    const preview = await cli('erase', '--email', ADDRESS)
    expect(preview.warned).toEqual([])
    expect(preview.said.join('\n')).toContain('Nothing was removed')
    expect(filesWithCanary(folder.path)).toEqual(before)
    const erased = await cli('erase', '--email', ADDRESS, '--yes')
    expect(erased.code).toBe(0)
    expect(erased.said.join('\n')).toMatch(/events +\d/)

    expect(filesWithCanary(folder.path)).toEqual([])
    expect(server.output()).not.toMatch(CANARY)
    await server.api.passTime(48 * 3_600_000)
    const audit = await cli('audit', '--email', ADDRESS)
    expect(audit.said.filter((line) => line.includes('cli  customer.erased'))).toHaveLength(1)
    expect(filesWithCanary(folder.path)).toEqual([])
    expect(server.output()).not.toMatch(CANARY)
    // The others are all there.
    expect(await server.api.customers()).toHaveLength(40)
  })

  it('is in no table of PostgreSQL and in nothing that the server prints', async () => {
    const postgres = await startPostgres()
    stops.push(() => postgres.stop())
    const databaseUrl = await postgres.createDatabase()
    const server = await startTestServer({
      environment: { LOG_LEVEL: 'trace', CICLO_SECRET: SECRET, DATABASE_URL: databaseUrl },
    })
    stops.push(() => server.stop())
    await live(server)
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    stops.push(() => client.end())
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    )
    const withCanary = async () => {
      const found: string[] = []
      for (const { name } of tables) {
        const { rows } = await client.query(
          `select 1 from "${name}" as t where t::text ilike '%canary%' limit 1`,
        )
        if (rows.length > 0) found.push(name)
      }
      return found
    }
    expect(await withCanary()).toEqual(
      expect.arrayContaining(['events', 'customers', 'receipts', 'messages']),
    )
    const erased = await runCliIn(
      server.folder,
      ['erase', '--user-id', 'canary-user', '--yes'],
      { PORT: new URL(server.url).port, CICLO_SECRET: SECRET, DATABASE_URL: databaseUrl },
      () => server.api.now(),
    )
    expect(erased.warned).toEqual([])
    expect(await withCanary()).toEqual([])
    expect(server.output()).not.toMatch(CANARY)
    // Deleted rows are not even left behind in the files' pages, as far as nobody still reads them.
    const { rows: dead } = await client.query<{ dead: string }>(
      'select coalesce(sum(n_dead_tup), 0) as dead from pg_stat_user_tables where last_vacuum is null',
    )
    expect(Number(dead[0]?.dead)).toBe(0)
  })
})
