import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databaseIdentity } from '../src/store/databaseIdentity.ts'
import { openStore } from '../src/store/openStore.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

const SECRET = 'the secret of a server and of its copies'

describe('a command for another database than that of the server that answers', () => {
  let server: TestServer
  let folder: ReturnType<typeof createTestFolder>
  beforeAll(async () => {
    server = await startTestServer({ environment: { CICLO_SECRET: SECRET } })
  })
  afterAll(() => server.stop())
  beforeEach(() => {
    folder = createTestFolder()
  })
  afterEach(() => folder.remove())

  const ORDERS = 'order_id,date,total,email\no1,2024-01-15,10,ann@x.org\n'
  const ERASE = ['erase', '--email', 'ann@x.org', '--yes']
  const found = async () => await server.api.customers()

  it.each<[string, () => Record<string, string>]>([
    ['with the same secret', () => ({ CICLO_SECRET: SECRET })],
    [
      'with the same secret and the key',
      () => ({ CICLO_SECRET: SECRET, CICLO_SECRET_KEY: server.secretKey }),
    ],
    ['with nothing but the key', () => ({ CICLO_SECRET_KEY: server.secretKey })],
  ])('works on its own, %s', async (_, secretsOf) => {
    const file = writeIn(folder.path, 'orders.csv', ORDERS)
    const ours = `file:${join(server.folder, 'ciclo.db')}`
    const secrets = secretsOf()
    const live = { PORT: new URL(server.url).port, ...secrets }
    await runCliIn(folder.path, ['import', 'orders', file], {
      ...live,
      CICLO_SECRET: SECRET,
      DATABASE_URL: ours,
    })
    const before = await found()
    expect(before).toHaveLength(1)

    const imported = await runCliIn(folder.path, ['import', 'orders', file], live)
    expect([imported.code, imported.warned[1]]).toEqual([
      0,
      'It goes to the database directly, since no server runs on it.',
    ])
    const erased = await runCliIn(folder.path, ERASE, live)
    expect(erased).toMatchObject({ code: 0, warned: [] })
    expect(erased.said.join('\n')).toMatch(/the database directly[\s\S]*events +1/)
    expect(await found()).toEqual(before)
  })

  it('says so where somebody else uses that database', async () => {
    const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
    const live = { PORT: new URL(server.url).port, CICLO_SECRET: SECRET }
    const { code, warned } = await runCliIn(folder.path, ERASE, live)
    await store.close()
    expect([code, warned.join()]).toEqual([
      1,
      expect.stringMatching(
        /works on another database than \/.*ciclo\.db, which another process uses; expected/,
      ),
    ])
  })

  it('says so where that is a database of PostgreSQL', async () => {
    const live = { PORT: new URL(server.url).port, CICLO_SECRET: SECRET }
    const more = { DATABASE_URL: 'postgres://somebody:a-password@127.0.0.1:1/shop' }
    const { code, warned } = await runCliIn(folder.path, ERASE, { ...live, ...more })
    expect([code, warned.join()]).toEqual([
      1,
      expect.stringMatching(/^DATABASE_URL: .*another database than this one; expected(?!.*a-password)/),
    ])
  })
})

it.each([
  ['postgres://a:b@localhost/shop', 'postgresql://c@127.0.0.1:5432/shop?sslmode=disable', true],
  ['postgres://a@db.example/shop', 'postgres://a@DB.example/shop', true],
  ['postgres://a@db.example/shop', 'postgres://a@db.example/trial', false],
  ['postgres://a@db.example/shop', 'postgres://a@db.example:5433/shop', false],
  ['file:./data/ciclo.db', 'file:data/../data/ciclo.db', true],
  ['file:./data/ciclo.db', 'file:./data/trial.db', false],
])('%s and %s are the same database: %s', (one, other, isSame) => {
  expect(databaseIdentity(one) === databaseIdentity(other)).toBe(isSame)
})
