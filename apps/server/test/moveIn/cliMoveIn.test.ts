import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openApiTarget, type ApiTarget } from '../../src/cli/apiTarget.ts'
import { moveInFile } from '../../src/cli/moveInFile.ts'
import { openImportTarget } from '../../src/cli/openImportTarget.ts'
import { readTables } from '../../src/cli/readTables.ts'
import { CicloError } from '../../src/errors.ts'
import { goesOnIn } from '../../src/imports/formats/formats.ts'
import { shopifyOrders } from '../../src/imports/formats/shopifyExports.ts'
import { openStore } from '../../src/store/openStore.ts'
import { runCliIn, writeIn } from '../cli.support.ts'
import { createTestFolder } from '../support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, ['import', 'files', ...argv])

const HEADER = 'Email,First Name,City,Email Marketing Consent,Email Marketing Consent Timestamp'
const ROW = 'ana@shop.example,Żaneta,Łódź,SUBSCRIBED,2024-05-01 10:00:00'

const customers = async () => {
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`, { readOnly: true })
  const rows = await store.read((tx) =>
    tx.select().from(tx.tables.customers).orderBy(tx.tables.customers.email),
  )
  const messages = await store.read((tx) => tx.select().from(tx.tables.messages))
  await store.close()
  expect(messages).toEqual([])
  return rows
    .filter(({ mergedInto }) => mergedInto === null)
    .map(({ email, permission, state }) => ({
      email,
      permission,
      traits: (state as { traits: Record<string, unknown> }).traits,
    }))
}

/** ISO 8859-2 and windows-1250 differ in Ł, ł, Ą, ą, Ś, ś, Ź, ź and others. */
const LATIN2: Readonly<Record<string, number>> = {
  Ż: 0xaf,
  Ł: 0xa3,
  ó: 0xf3,
  ź: 0xbc,
  ś: 0xb6,
  ł: 0xb3,
  ą: 0xb1,
}
const CP1250: Readonly<Record<string, number>> = {
  Ż: 0xaf,
  Ł: 0xa3,
  ó: 0xf3,
  ź: 0x9f,
  ś: 0x9c,
  ł: 0xb3,
  ą: 0xb9,
}
const inPage = (text: string, page: Readonly<Record<string, number>>) =>
  Buffer.from(Array.from(text, (letter) => page[letter] ?? letter.charCodeAt(0)))
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('a file of customers', () => {
  const whole = `${HEADER}\n${ROW}\n`
  it.each<[string, string | Buffer]>([
    ['in UTF-8', whole],
    ['in UTF-8 with a byte order mark', `\uFEFF${whole}`],
    ['in UTF-16, little endian', Buffer.from(`\uFEFF${whole}`, 'utf16le')],
    ['in UTF-16, big endian', swapped(`\uFEFF${whole}`)],
    ['in ISO 8859-2', inPage(whole, LATIN2)],
    ['in windows-1250', inPage(whole, CP1250)],
    ['with semicolons', whole.replaceAll(',', ';')],
    ['with tabs', whole.replaceAll(',', '\t')],
    ['that says how it is separated', `sep=;\r\n${whole.replaceAll(',', ';')}`],
    ['with lines of Windows', whole.replaceAll('\n', '\r\n')],
    ['with lines of old Macs', whole.replaceAll('\n', '\r')],
    ['all in quotes', whole.replaceAll(/[^,\n]+/g, '"$&"')],
    ['with empty lines and columns more', `\n${HEADER},,\n\n${ROW},,\n,,,,,,\n`],
    [
      'with its columns turned around',
      `${HEADER.split(',').toReversed().join(',')}\n${ROW.split(',').toReversed().join(',')}`,
    ],
  ])('%s is read right', async (_name, content) => {
    writeIn(folder.path, 'profiles.csv', content)
    const { code, warned } = await cli('profiles.csv')
    expect([code, warned.filter((line) => /refused|broke/.test(line))]).toEqual([0, []])
    expect(await customers()).toEqual([
      { email: 'ana@shop.example', permission: 'subscribed', traits: { firstName: 'Żaneta', city: 'Łódź' } },
    ])
  })

  it('tells Windows from Latin-2 by their letters, and says that it has guessed', async () => {
    const row = 'ana@shop.example,Łucja,Świętosław,SUBSCRIBED,\n'.replaceAll('ę', 'e').replaceAll('Ś', 'ś')
    for (const [page, name] of [
      [LATIN2, 'iso-8859-2'],
      [CP1250, 'windows-1250'],
    ] as const) {
      writeIn(folder.path, 'profiles.csv', inPage(`${HEADER}\n${row}`, page))
      const { warned } = await cli('profiles.csv', '--dry-run')
      expect(warned.join('\n')).toContain(`in ${name} as far as its letters tell`)
    }
  })

  it.each<[string, string | Buffer, RegExp]>([
    ['a workbook', Buffer.from('PK\u0003\u0004....'), /is a zip archive or a workbook, expected a CSV file/],
    ['nothing', '', /is empty, expected a header and rows/],
    ['NUL bytes', `${HEADER}\n\0\0\n`, /has NUL bytes, expected a text file/],
    [
      'columns of no export',
      'a,b,c\n1,2,3\n',
      /has the columns "a", "b", "c", which are of no export that is known. The nearest: /,
    ],
  ])('that is %s is refused as a whole', async (_name, content, reason) => {
    writeIn(folder.path, 'profiles.csv', content)
    const { code, warned } = await cli('profiles.csv')
    expect([code, warned.join('\n')]).toEqual([1, expect.stringMatching(reason)])
  })

  it('loses no row but those that it refuses, each with its number and reason', async () => {
    const rows = [
      HEADER,
      'one@shop.example,One,,SUBSCRIBED,',
      'nobody,Two,,SUBSCRIBED,',
      `three@shop.example,${'x'.repeat(10 * 1024 * 1024)},,SUBSCRIBED,`,
      'four@shop.example,"Fo""ur",,SUBSCRIBED,',
      'five@shop.example,"never closed,,SUBSCRIBED,',
      'six@shop.example,=cmd|/c calc,,SUBSCRIBED,',
      'seven@shop.example,7" pipe,,SUBSCRIBED,',
      'eight@shop.example,Eight,,SUBSCRIBED,,one,more',
      'nine@shop.example,+48 600 100,,SUBSCRIBED,',
      'ten@shop.example',
    ]
    writeIn(folder.path, 'profiles.csv', rows.join('\n'))
    const { code, said } = await cli('profiles.csv', '--refused', 'refused.csv')
    expect(code).toBe(2)
    const refused = readFileSync(join(folder.path, 'refused.csv'), 'utf8').trim().split('\n').slice(1)
    expect(refused.map((line) => line.split(',')[1])).toEqual(['4', '6', '9', '3', '7'])
    expect(refused.map((line) => line.split(',').slice(2).join(',').slice(0, 45))).toEqual([
      '"longer than 1048576 characters, expected a r',
      '"a quoted cell does not end where it should, ',
      '"given 7 columns, expected 5 as in the header',
      '"email: given ""nobody"", expected an address',
      '"first_name: given ""=cmd|/c calc"", expected',
    ])
    expect(said.join('\n')).toContain('refused           5')
    expect((await customers()).map(({ email }) => email)).toEqual(
      ['four', 'nine', 'one', 'seven', 'ten'].map((name) => `${name}@shop.example`),
    )
  })
})

describe('several files', () => {
  const klaviyo = (...rows: string[]) => [HEADER, ...rows].join('\n')

  it('come suppressions first, and an unsubscription beats a subscription, whichever is newer', async () => {
    writeIn(
      folder.path,
      'a-profiles.csv',
      klaviyo(
        'ana@shop.example,Ana,,SUBSCRIBED,2025-05-01',
        'bob@shop.example,Bob,,SUBSCRIBED,2025-05-01',
        'cy@shop.example,Cy,,NEVER_SUBSCRIBED,',
      ),
    )
    writeIn(
      folder.path,
      'b-suppressed.csv',
      'Email,Reason,Timestamp\nana@shop.example,UNSUBSCRIBE,2024-01-01\n',
    )
    writeIn(
      folder.path,
      'c-unsubscribed.csv',
      'Email Address,First Name,UNSUB_TIME\nbob@shop.example,Bob,2024-01-01 10:00:00\n',
    )
    const { code, said } = await cli('a-profiles.csv', 'b-suppressed.csv', 'c-unsubscribed.csv')
    expect(code).toBe(0)
    expect(said.findIndex((line) => line.startsWith('b-suppressed.csv'))).toBeLessThan(
      said.findIndex((line) => line.startsWith('a-profiles.csv')),
    )
    expect(said.join('\n')).toContain(
      'ana@shop.example: is on the list (unsubscribed) and stays there, although the file subscribes it',
    )
    expect((await customers()).map(({ email, permission }) => [email, permission])).toEqual([
      ['ana@shop.example', 'none'],
      ['bob@shop.example', 'unsubscribed'],
      ['cy@shop.example', 'none'],
    ])
    // And again, in another order: nothing is new.
    const again = await cli('c-unsubscribed.csv', 'a-profiles.csv')
    expect(again.said.join('\n')).toContain('bob@shop.example: is on the list (unsubscribed)')
    expect((await customers()).map(({ permission }) => permission)).toEqual(['none', 'unsubscribed', 'none'])
  })

  it('are only looked at in a dry run', async () => {
    writeIn(
      folder.path,
      'profiles.csv',
      klaviyo('ana@shop.example,Ana,,SUBSCRIBED,2025-05-01', 'x,,,SUBSCRIBED,'),
    )
    const dry = await cli('profiles.csv', '--dry-run')
    expect(dry.said.slice(dry.said.findIndex((line) => line.startsWith('profiles')))).toEqual([
      'profiles.csv: 2 records, nothing is stored',
      '  new customers     1',
      '  changed           0',
      '  unchanged         0',
      '  refused           1',
      '    row 3: email: given "x", expected an address such as anna@example.com',
    ])
    expect(await customers()).toEqual([])
    await cli('profiles.csv')
    writeIn(folder.path, 'more.csv', klaviyo('ana@shop.example,Anna,,SUBSCRIBED,2025-05-01'))
    expect((await cli('more.csv', '--dry-run')).said).toContain('  changed           1')
    expect((await cli('profiles.csv', '--dry-run')).said).toContain('  unchanged         1')
  })
})

describe('orders of Shopify', () => {
  const SHOPIFY =
    'Name,Email,Financial Status,Currency,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Id'
  const line = (
    n: number,
    email: string,
    more: { total?: string; cancelled?: string; refunded?: string } = {},
  ) =>
    `#${n},${email},paid,EUR,${more.total ?? '10.00'},,2024-0${(n % 9) + 1}-01 12:00:00 +0000,1,Oil,10.00,OIL,${more.cancelled ?? ''},${more.refunded ?? ''},${5_000 + n}`

  it('are held against the file by month, with what was refunded and cancelled', async () => {
    const rows = [
      SHOPIFY,
      line(1, 'a@x.example'),
      '#1,a@x.example,,,,,2024-02-01 12:00:00 +0000,2,Vinegar,5.00,VIN,,,',
      line(2, 'b@x.example', { refunded: '4.00' }),
      line(3, 'c@x.example', { cancelled: '2024-04-02 12:00:00 +0000' }),
    ]
    writeIn(folder.path, 'orders.csv', rows.join('\n'))
    const { code, said } = await cli('orders.csv')
    expect(code).toBe(0)
    expect(said.filter((text) => text.startsWith('  2024'))).toEqual([
      '  2024-02          1 orders          10.00 EUR          1 orders          10.00 EUR',
      '  2024-03          1 orders           6.00 EUR          1 orders           6.00 EUR',
    ])
  })

  it('go on where an import broke off, and count once', async () => {
    const rows = [SHOPIFY, ...Array.from({ length: 1_200 }, (_, n) => line(n + 1, `c${n % 40}@x.example`))]
    writeIn(folder.path, 'orders.csv', rows.join('\n'))
    const surroundings = {
      environment: { PORT: '1', DATABASE_URL: `file:${join(folder.path, 'ciclo.db')}` },
      folder: folder.path,
      say: () => undefined,
      warn: () => undefined,
      terminal: undefined,
      now: Date.now,
    }
    await (await openImportTarget(surroundings)).close()
    const target = await openApiTarget(surroundings)
    let pages = 0
    const failing: ApiTarget = {
      ...target,
      request: async (method, path, ...rest) => {
        if (path === '/import/records' && (pages += 1) === 3)
          throw new CicloError('store-unavailable', 'the disk is full')
        return await target.request(method, path, ...rest)
      },
    }
    const open = async () => {
      const [table] = await readTables(join(folder.path, 'orders.csv'), undefined)
      if (!table) throw new Error('the file has no table')
      const goesOn = goesOnIn(shopifyOrders, table.header)
      return { format: { id: shopifyOrders.id, goesOn }, table, dryRun: false, refusals: undefined }
    }
    await expect(moveInFile(failing, await open(), surroundings)).rejects.toThrow(
      /broke off before row 1202: the disk is full/,
    )
    const again = await moveInFile(target, await open(), surroundings)
    expect([again.records, again.skipped, again.counts.applied]).toEqual([1_200, 1_000, 200])
    await target.close()
    const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`, { readOnly: true })
    const orders = await store.read((tx) => tx.select().from(tx.tables.orders))
    await store.close()
    expect(orders).toHaveLength(1_200)
  })
})
