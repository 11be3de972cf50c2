import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const NOW = Date.UTC(2026, 4, 6, 12)

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv, {}, () => NOW)

async function importOrders(...rows: string[]): Promise<void> {
  const file = writeIn(folder.path, 'orders.csv', ['order_id,date,total,currency,email', ...rows].join('\n'))
  expect(await cli('import', 'orders', file)).toMatchObject({ code: 0 })
}

it('shows who somebody is, why they are where they are, what comes next, and their orders', async () => {
  await importOrders('o1,2026-04-28,10.50,EUR,ann@x.org', 'o2,2026-05-01,1000,JPY,ann@x.org')
  const { code, said, warned } = await cli('customer', 'show', 'Ann@X.org')
  expect([code, warned]).toEqual([0, []])
  const [, id = ''] = /^id +(\S+)$/.exec(said[0] ?? '') ?? []
  expect(said).toEqual([
    `id            ${id}`,
    'e-mail        "ann@x.org"',
    'userId        -',
    expect.stringMatching(/^known since {3}\d{4}-/),
    '',
    'stage         Active since 1 May: they ordered again; the last order was 5 days ago; the shop has too few repeat orders yet, so the default of 90 days counts; at risk on 30 July unless an order comes.',
    'value         Standard: their spend has never reached the VIP line; they have spent US$0.00, the VIP line is US$500.00 by the settings.',
    expect.stringMatching(/^engagement {4}/),
    'permission    No permission: they have not agreed to marketing e-mail.',
    'advocacy      Not an advocate: no praise, review or referral of theirs is known yet.',
    'rfm           No RFM group: the shop has too few buyers yet to draw the groups.',
    expect.stringMatching(/^next deadline 2026-0/),
    '',
    'limits        at risk after 90 days, lapsed 180, lost 365 (cold-start)',
    'expected      not enough data yet: `ciclo insight model` says what is missing',
    'came from     not known, at last not known',
    '',
    'orders        2, 10.50 EUR, 1000 JPY',
    '  2026-05-01T00:00:00.000Z  "o2"  1000 JPY',
    '  2026-04-28T00:00:00.000Z  "o1"  10.50 EUR',
  ])
  const polish = await cli('customer', 'show', id, '--locale', 'pl')
  expect(polish.said[5]).toMatch(/^stage {9}Aktywny klient od 1 maja: /)
})

it('shows what somebody was at an instant of the past', async () => {
  await importOrders('o1,2026-01-05,10.50,USD,ann@x.org', 'o2,2026-05-01,1,USD,ann@x.org')
  expect(await cli('customer', 'at', 'ann@x.org', '2026-04-10')).toMatchObject({
    code: 0,
    said: [
      'at            2026-04-10T00:00:00.000Z',
      'stage         atRisk',
      'value         standard',
      'engagement    unknown',
      'permission    none',
      'advocacy      none',
      'next deadline 2026-07-04T00:00:00.000Z',
      'transitions   5 by then',
      'orders        1, 10.50 USD',
      'limits        at risk after 90 days, lapsed 180, lost 365 (cold-start)',
      'expected      not enough data yet: `ciclo insight model` says what is missing',
      'came from     not known, at last not known',
    ],
  })
  expect(await cli('customer', 'at', 'ann@x.org', 'soon')).toMatchObject({
    code: 1,
    warned: ['time: given "soon", expected ISO 8601, such as 2026-03-01'],
  })
  expect(await cli('customer', 'at', 'ann@x.org', '2026-06-01')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('expected a time that has passed')],
  })
})

it('shows the last orders of many', async () => {
  await importOrders(
    ...Array.from(
      { length: 25 },
      (_, n) => `o${n},2026-04-${String(n + 1).padStart(2, '0')},1,EUR,ann@x.org`,
    ),
  )
  const { said } = await cli('customer', 'show', 'ann@x.org')
  expect(said.slice(-22).map((line) => /"(.*)"/.exec(line)?.[1] ?? line)).toEqual([
    'orders        25, 25.00 EUR',
    ...Array.from({ length: 20 }, (_, n) => `o${24 - n}`),
    '  and older ones',
  ])
})

it('says who is not known, and which languages there are', async () => {
  await importOrders('o1,2026-05-01,10,EUR,ann@x.org')
  expect(await cli('customer', 'show', 'bob@x.org')).toMatchObject({
    code: 1,
    warned: ['There is no customer with the e-mail "bob@x.org"'],
  })
  expect(await cli('customer', 'show', 'nobody')).toMatchObject({
    code: 1,
    warned: ['There is no customer nobody'],
  })
  expect(await cli('customer', 'show', 'ann@x.org', '--locale', 'de')).toMatchObject({
    code: 1,
    warned: ['locale: given "de", expected one of en, es, pl, ro, such as en-US'],
  })
})

it('lets nobody be taken for another who claims the same address, and nothing act on the terminal', async () => {
  await importOrders('o1,2026-05-01,10,EUR,ann@x.org', 'o2,2026-05-01,10,EUR,bob@x.org')
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  const evil = '\u001b]0;title\u0007\u009b2J\u202eok'
  await store.write(async (tx) => {
    const { customers, identities } = tx.tables
    const rows = await tx.select().from(customers)
    for (const row of rows) {
      const state = { ...(row.state as object), email: null, claims: { email: 'eve@x.org' }, userId: evil }
      await tx
        .insert(customers)
        .values(row)
        .onConflictDoUpdate({
          target: [customers.workspaceId, customers.id],
          set: { claimedEmail: 'eve@x.org', state, parked: evil },
        })
    }
    await tx.delete(identities)
  })
  await store.close()
  const claimed = await cli('customer', 'show', 'eve@x.org')
  expect(claimed.warned[0]).toMatch(
    /^2 customers claim the e-mail "eve@x.org": name one of them by its id, \w+, \w+$/,
  )
  const [, id = ''] = /id, (\w+)/.exec(claimed.warned[0] ?? '') ?? []
  const { said } = await cli('customer', 'show', id)
  expect(said[1]).toBe('e-mail        "eve@x.org", not proven')
  expect(said.join('')).toContain('title')
  expect(said.join('')).not.toMatch(/[\p{Cc}\u202e]/u)
})
