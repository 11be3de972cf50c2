import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { DAY } from '@ciclo/engine'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestCiclo, SECRET, type TestCiclo } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from './support/startTestServer.ts'

const environment = { CICLO_SECRET: SECRET }
const HEADER = 'order_id,user_id,email,date,total,currency'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const run = (argv: readonly string[], more: Record<string, string> = {}) =>
  runCliIn(folder.path, argv, { ...environment, ...more })

describe('ciclo', () => {
  it.each<[string, string[], number, RegExp]>([
    ['shows what there is', ['--help'], 0, /start\s+Run the server[\s\S]*import\s+Bring in/],
    [
      'shows how orders are imported',
      ['import', 'orders', '--help'],
      0,
      /--columns[\s\S]*CDNOW[\s\S]*Exit code: 0/,
    ],
    ['shows what there is when nothing is asked', [], 1, /Usage: ciclo/],
    ['does not know a command', ['imprt'], 1, /unknown command 'imprt'[\s\S]*Did you mean import\?/],
    ['does not know what to import', ['import', 'customers', 'a.csv'], 1, /unknown command 'customers'/],
    [
      'does not know an option',
      ['import', 'orders', 'a.csv', '--curency', 'EUR'],
      1,
      /unknown option '--curency'/,
    ],
    ['misses the file', ['import', 'orders'], 1, /missing required argument 'file'/],
    [
      'wants a currency',
      ['import', 'orders', 'a.csv', '--currency', 'EURO'],
      1,
      /'EURO' is invalid\. expected a currency/,
    ],
    [
      'does not find the file',
      ['import', 'orders', 'none.csv'],
      1,
      /none\.csv: given as the file to read, and there is no such file/,
    ],
    ['does not read a folder', ['import', 'orders', '.'], 1, /and it is a folder/],
  ])('%s', async (_, argv, code, text) => {
    const { said, warned, code: given } = await run(argv)
    expect([given, [...said, ...warned].join('\n')]).toEqual([code, expect.stringMatching(text)])
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['a configuration', { PORT: 'eighty' }, /PORT: given "eighty", expected a port number/],
    [
      'a database',
      { DATABASE_URL: 'file:/dev/null/ciclo.db' },
      /DATABASE_URL: Cannot open the SQLite database/,
    ],
  ])('says what is wrong with %s, and ends with 1', async (_, wrong, message) => {
    writeIn(folder.path, 'orders.csv', `${HEADER}\nA-1,anna,,2024-01-15,1,\n`)
    const { code, warned } = await run(['import', 'orders', 'orders.csv'], wrong)
    expect([code, warned.join('\n')]).toEqual([1, expect.stringMatching(message)])
  })

  const main = new URL('../src/cli/main.ts', import.meta.url).href
  const start = (more: Record<string, string>) =>
    spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { runCli } from '${main}'; process.exitCode = await runCli(['start'])`,
      ],
      {
        cwd: folder.path,
        env: { PATH: process.env['PATH'], PORT: '0', ...environment, ...more },
        stdio: 'pipe',
      },
    )

  it('starts the server, which a signal ends in order', async () => {
    const child = start({})
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      // A second signal would end it at once.
      if (output.includes('Ciclo is running') && !child.killed) child.kill('SIGTERM')
    })
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(output).toMatch(/Ciclo is running on http:\/\/127\.0\.0\.1:\d+\n[\s\S]*Ciclo has stopped/)
  })

  it('ends with 1 where the server cannot start', async () => {
    const child = start({ PORT: '99999' })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(output).toMatch(/PORT: given "99999"/)
  })
})

describe('ciclo import orders, directly', () => {
  const ordersIn = async () => {
    const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`, { readOnly: true })
    const rows = await store.read((tx) => tx.select().from(tx.tables.orders))
    await store.close()
    return rows.map(({ id, total, currency, at }) => ({ id, total, currency, at }))
  }

  it('makes a new database with its keys, and takes the same file in once', async () => {
    writeIn(
      folder.path,
      'orders.csv',
      `${HEADER}\nA-1,anna,,2024-01-15,29.97,EUR\nA-2,,bob@example.com,2024-01-16,5,\n`,
    )
    const first = await run(['import', 'orders', 'orders.csv', '--currency', 'pln'])
    expect(first.code).toBe(0)
    expect(first.said.join('\n')).toMatch(
      /write key {6}cw_\S+\n {2}secret key {5}cs_\S+\norders\.csv: 2 rows in .*\n {2}applied {5}2\n {2}duplicates {2}0\n {2}refused {5}0$/,
    )
    expect(first.warned).toEqual([
      'orders.csv is separated by commas: order_id from "order_id", user_id from "user_id", email from "email", date from "date", total from "total", currency from "currency"',
      'It goes to the database directly, since no server runs on it.',
    ])
    const orders = [
      { id: 'A-1', total: 2997, currency: 'EUR', at: Date.UTC(2024, 0, 15) },
      { id: 'A-2', total: 500, currency: 'PLN', at: Date.UTC(2024, 0, 16) },
    ]
    expect(await ordersIn()).toEqual(orders)

    const second = await run(['import', 'orders', 'orders.csv', '--currency', 'pln'])
    expect(second.code).toBe(0)
    expect(second.said.join('\n')).toMatch(/^orders\.csv: 2 rows.*\n {2}applied {5}0\n {2}duplicates {2}2 /)
    expect(await ordersIn()).toEqual(orders)
  })

  it('reads on after rows that it refuses, tells each, and ends with 2', async () => {
    const rows = Array.from({ length: 1_200 }, (_, place) =>
      place % 100 === 7 ? `A-${place},anna,,2024-01-15,=1+1,` : `A-${place},c${place},,2024-01-15,1,`,
    )
    writeIn(folder.path, 'orders.csv', [HEADER, ...rows].join('\n'))
    const { code, said } = await run(['import', 'orders', 'orders.csv'])
    expect(code).toBe(2)
    expect(said.slice(-15)).toEqual([
      '  applied     1,188',
      '  duplicates  0',
      '  refused     12',
      ...Array.from(
        { length: 12 },
        (_, place) =>
          `    orders.csv, row ${place * 100 + 9}: total: given "=1+1", expected a decimal such as 1234.56`,
      ),
    ])
    expect(await ordersIn()).toHaveLength(1_188)
  })

  it('refuses a file without a column that it needs, before it touches any database', async () => {
    writeIn(folder.path, 'orders.csv', 'id,who,date,total\n1,2,2024-01-15,1\n')
    const { code, warned } = await run(['import', 'orders', 'orders.csv'])
    expect([code, warned]).toEqual([
      1,
      [expect.stringMatching(/^orders\.csv, row 1: given the columns .*user_id/)],
    ])
    await expect(ordersIn()).rejects.toThrow('Cannot open')
  })
})

describe('ciclo import orders, into a workspace with all journeys on', () => {
  let catcher: SmtpCatcher
  let test: TestCiclo
  beforeEach(async () => {
    catcher = await startSmtpCatcher()
    test = await createTestCiclo({
      databaseUrl: `file:${join(folder.path, 'ciclo.db')}`,
      smtpUrl: catcher.url,
      demo: true,
    })
  })
  afterEach(async () => {
    await test.stop()
    await catcher.stop()
  })

  it('mails nothing for the past, and acts on what falls due from now on', async () => {
    const { ciclo, clock } = test
    const ago = (days: number) => new Date(clock.now() - days * DAY).toISOString()
    const names = ['longAgo', 'overdue', 'soon', 'today']
    await ciclo.ingest.submit(
      names.map((userId) =>
        test.item('secret', {
          type: 'track',
          name: 'Subscribed',
          userId,
          traits: { email: `${userId}@example.com` },
        }),
      ),
    )
    await ciclo.settle()
    const ids = await Promise.all(names.map(async (userId) => (await test.customer(`userId=${userId}`))!.id))
    const state = async () =>
      await Promise.all(
        names.map(async (userId, place) => {
          const messages = await test.below(ids[place]!, 'messages')
          return [
            userId,
            (await test.customer(`userId=${userId}`))!.lifecycle['stage'],
            messages.map(({ template, state: end }) => `${String(template)} ${String(end)}`).toReversed(),
          ]
        }),
      )

    const rows = [
      ['1', 'longAgo', ago(900)],
      ['2', 'longAgo', ago(500)],
      ['3', 'overdue', ago(179)],
      ['4', 'soon', ago(200)],
      ['5', 'soon', ago(89)],
      ['6', 'today', ago(0)],
    ]
    writeIn(
      folder.path,
      'orders.csv',
      `id,user_id,date,total\n${rows.map((row) => [...row, '9.99'].join(',')).join('\n')}`,
    )
    const { code } = await runCliIn(folder.path, ['import', 'orders', 'orders.csv'], environment, () =>
      clock.now(),
    )
    expect(code).toBe(0)
    const past = [
      ['longAgo', 'lost', ['welcome sent']],
      ['overdue', 'atRisk', ['welcome sent']],
      ['soon', 'active', ['welcome sent']],
      ['today', 'new', ['welcome sent']],
    ]
    expect(await state()).toEqual(past)
    await ciclo.settle()
    expect(await state()).toEqual(past)

    await test.request('/api/test/clock', {
      method: 'POST',
      body: JSON.stringify({ now: clock.now() + 2 * DAY }),
    })
    expect(await state()).toEqual([
      ['longAgo', 'lost', ['welcome sent']],
      ['overdue', 'lapsed', ['welcome sent', 'win-back sent']],
      ['soon', 'atRisk', ['welcome sent', 'at-risk sent']],
      ['today', 'new', ['welcome sent']],
    ])
    expect(catcher.mails).toHaveLength(6)
  })

  it.each([
    ['as the file has them', false],
    ['in the opposite order', true],
  ])('puts orders where they belong in time, %s', async (_, isReversed) => {
    const days = [700, 600, 300, 250, 20]
    const rows = days.map(
      (day, place) => `${place},anna,${new Date(test.clock.now() - day * DAY).toISOString()},1`,
    )
    writeIn(
      folder.path,
      'orders.csv',
      ['id,user_id,date,total', ...(isReversed ? rows.toReversed() : rows)].join('\n'),
    )
    await runCliIn(folder.path, ['import', 'orders', 'orders.csv'], environment, () => test.clock.now())
    const anna = await test.customer('userId=anna')
    const transitions = await test.below(anna!.id, 'transitions')
    const stages = transitions.filter(({ region }) => region === 'stage').map(({ to }) => to)
    expect(stages.toReversed()).toEqual([
      'new',
      'atRisk',
      'active',
      'atRisk',
      'lapsed',
      'reactivated',
      'active',
      'atRisk',
      'lapsed',
      'reactivated',
    ])
    expect(await test.below(anna!.id, 'messages')).toEqual([])
  })
})

describe('ciclo import orders, beside a live server', () => {
  let server: TestServer | undefined
  afterAll(async () => {
    await server?.stop()
  })

  it.each<[string, (url: URL, of: TestServer) => Record<string, string>]>([
    [
      'by PUBLIC_URL and the secret key',
      (url, { secretKey }) => ({
        PUBLIC_URL: url.origin,
        // On another machine than the server's, nobody names its database.
        DATABASE_URL: '',
        CICLO_SECRET_KEY: secretKey,
        CICLO_SECRET: 'x'.repeat(32),
      }),
    ],
    [
      'by HOST, PORT and DATABASE_URL, and the signing secret',
      (url, of) => ({
        HOST: url.hostname,
        PORT: url.port,
        DATABASE_URL: `file:${join(of.folder, 'ciclo.db')}`,
      }),
    ],
  ])('goes through it, %s', async (how, environmentOf) => {
    server ??= await startTestServer({ environment })
    const userId = how.includes('PUBLIC_URL') ? 'anna' : 'bob'
    writeIn(
      folder.path,
      'orders.csv',
      `id,user_id,date,total\n${userId}-1,${userId},2024-01-15,10\n${userId}-2,${userId},2024-02-15,5.5\n`,
    )
    const more = environmentOf(new URL(server.url), server)
    const { code, warned, said } = await run(['import', 'orders', 'orders.csv'], more)
    expect([code, warned[1]]).toEqual([0, `It goes to the server on ${server.url}.`])
    expect(said).toContain('  applied     2')
    const answer = await fetch(`${server.url}/api/customers?userId=${userId}`, {
      headers: { authorization: `Bearer ${server.secretKey}` },
    })
    expect(await answer.json()).toMatchObject({
      customers: [{ orders: { count: 2, revenue: { USD: 1_550 }, firstAt: '2024-01-15T00:00:00.000Z' } }],
    })
  })

  it('says what it would need where the server does not let it in', async () => {
    server ??= await startTestServer({ environment })
    writeIn(folder.path, 'orders.csv', 'id,user_id,date,total\n1,anna,2024-01-15,10\n')
    const { code, warned } = await run(['import', 'orders', 'orders.csv'], {
      PUBLIC_URL: server.url,
      CICLO_SECRET: 'another secret, that is long enough',
    })
    expect([code, warned.slice(2).join('\n')]).toEqual([
      1,
      expect.stringMatching(
        /broke off before row 2: .*does not let this import in .*expected CICLO_SECRET_KEY[\s\S]*The same command again/,
      ),
    ])
  })

  it('tries again where the server is not ready, and in smaller batches where one is too large', async () => {
    const sizes: number[] = []
    const http = createServer((request, response) => {
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      const accept = async () => {
        if (request.url === '/healthz') return answer(200, { status: 'ok' })
        if (request.url === '/api/insight/refresh') return answer(503, { detail: 'not now' })
        const { orders } = (await json(request)) as { orders: unknown[] }
        sizes.push(orders.length)
        if (sizes.length === 1) return answer(503, { detail: 'not now' })
        if (orders.length > 300) return answer(413, { detail: 'too large' })
        return answer(200, { applied: orders.length, duplicate: 0, parked: 0, erased: 0 })
      }
      accept().catch(() => response.destroy())
    }).listen(0, '127.0.0.1')
    await once(http, 'listening')
    const { port } = http.address() as AddressInfo
    const rows = Array.from({ length: 700 }, (_, place) => `${place},anna,2024-01-15,1`)
    writeIn(folder.path, 'orders.csv', ['id,user_id,date,total', ...rows].join('\n'))
    const { code, said } = await run(['import', 'orders', 'orders.csv'], { PORT: String(port) })
    http.close()
    expect([code, sizes, said[1]]).toEqual([0, [500, 500, 250, 250, 200], '  applied     700'])
  })
})
