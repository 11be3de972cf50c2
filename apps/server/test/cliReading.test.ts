import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openTextFile } from '../src/cli/openTextFile.ts'
import { readAmount } from '../src/imports/readAmount.ts'
import { readInstant } from '../src/imports/readInstant.ts'
import { readOrderRows, type OrderFormatOptions } from '../src/cli/readOrderRows.ts'
import { ImportedOrderSchema } from '../src/importOrders.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const folder = createTestFolder()
afterAll(folder.remove)

async function rowsOf(content: string | Buffer, options: OrderFormatOptions = {}) {
  const path = join(folder.path, 'orders.csv')
  writeFileSync(path, content)
  const { lines, close } = await openTextFile(path)
  try {
    const { rows } = await readOrderRows('orders.csv', lines, options)
    const read = []
    for await (const row of rows) read.push(row)
    return read
  } finally {
    close()
  }
}

async function ordersOf(content: string | Buffer, options?: OrderFormatOptions) {
  return (await rowsOf(content, options)).map((read) =>
    read.ok ? read.order : `${read.row}: ${read.reason}`,
  )
}

describe('readInstant', () => {
  it.each<[string, string]>([
    ['19970118', '1997-01-18T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024/02/29', '2024-02-29T00:00:00.000Z'],
    ['2024-01-15 10:23:45', '2024-01-15T10:23:45.000Z'],
    ['2024-01-15 10:23', '2024-01-15T10:23:00.000Z'],
    ['2024-01-15 10:23:45 -0500', '2024-01-15T15:23:45.000Z'],
    ['2024-01-15 10:23:45 UTC', '2024-01-15T10:23:45.000Z'],
    ['2024-01-15T10:23:45Z', '2024-01-15T10:23:45.000Z'],
    ['2024-01-15T10:23:45.678Z', '2024-01-15T10:23:45.678Z'],
    ['2024-01-15T10:23:45.678901+02:00', '2024-01-15T08:23:45.678Z'],
    ['2024-01-15T10:23:45+05:30', '2024-01-15T04:53:45.000Z'],
    ['20240115T102345Z', '2024-01-15T10:23:45.000Z'],
    ['946684800', '2000-01-01T00:00:00.000Z'],
    ['1705314225', '2024-01-15T10:23:45.000Z'],
    ['1705314225678', '2024-01-15T10:23:45.678Z'],
    ['946684800000', '2000-01-01T00:00:00.000Z'],
  ])('reads %s as %s', (text, time) => {
    expect(new Date(readInstant(text)!).toISOString()).toBe(time)
  })

  it.each([
    '',
    'yesterday',
    '2023-02-29',
    '20241301',
    '2024-01-32',
    '2024-01-15 24:00:00',
    '2024-01-15T10:60:00Z',
    '15/01/2024',
    '01-15-2024',
    '2024-1-5',
    '45306',
    '17053142256789',
    '-946684800',
    '=TODAY()',
    '2024-01-15; drop',
  ])('refuses %j', (text) => {
    expect(readInstant(text)).toBeUndefined()
  })
})

describe('readAmount', () => {
  it.each<[string, string | undefined, string]>([
    ['29.33', 'USD', '29.33'],
    ['0', 'USD', '0'],
    ['1234', undefined, '1234'],
    ['1234.5', 'USD', '1234.5'],
    ['29.9700', 'USD', '29.9700'],
    ['0.125', 'USD', '0.125'],
    ['1234.567', 'USD', '1234.567'],
    ['.50', 'USD', '0.50'],
    ['1234,56', 'EUR', '1234.56'],
    ['12,5', undefined, '12.5'],
    ['1.234', 'KWD', '1.234'],
    ['123456789012.34', 'USD', '123456789012.34'],
  ])('reads %s in %s as %s', (text, currency, amount) => {
    expect(readAmount(text, currency)).toEqual({ ok: true, amount })
  })

  it.each<[string, RegExp]>([
    ['1.234,56', /without separators of thousands/],
    ['1,234.56', /without separators of thousands/],
    ['1,234', /without separators of thousands/],
    ['1.234.567', /without separators of thousands/],
    ['1,2,3', /without separators of thousands/],
    ['1.234', /whether the dot/],
    ['12.000', /whether the dot/],
    ['1234567890123', /at most 12 digits/],
    ['-5.00', /a refund is not an order/],
    ['=1+1', /a decimal/],
    ['+5', /a decimal/],
    ['$29.97', /a decimal/],
    ['1e5', /a decimal/],
    ['0x10', /a decimal/],
    ['1 234,56', /a decimal/],
    ['NaN', /a decimal/],
    ['', /a decimal/],
  ])('refuses %j in USD', (text, expected) => {
    const read = readAmount(text, 'USD')
    expect(read.ok ? read.amount : read.expected).toMatch(expected)
  })
})

const anna = { orderId: 'A-1', userId: 'anna', at: Date.UTC(2024, 0, 15), total: '12.50' }

describe('the columns of a file of orders', () => {
  it.each<[string, string | Buffer, OrderFormatOptions?]>([
    ['commas', 'order_id,user_id,date,total\nA-1,anna,2024-01-15,12.50\n'],
    ['semicolons and decimal commas', 'order_id;user_id;date;total\nA-1;anna;2024-01-15;12,50\n'],
    ['tabs', 'order_id\tuser_id\tdate\ttotal\nA-1\tanna\t2024-01-15\t12.50\n'],
    ['any order and case', 'TOTAL,Date,User ID,Order ID\n12.50,2024-01-15,anna,A-1\n'],
    ['camel case', 'orderId,customerId,createdAt,totalPrice\nA-1,anna,2024-01-15,12.50\n'],
    ['columns of no concern', 'note,id,x,client_id,order_date,y,amount\n"a, b",A-1,,anna,20240115,,12.50\n'],
    [
      'quotes and white space',
      '"order_id", "user_id" ,"date","total"\n"A-1",anna ," 2024-01-15","12.50"\n'
        .replaceAll(', "', ',"')
        .replaceAll('" ,', '",'),
    ],
    ['a byte order mark', '\uFEFForder_id,user_id,date,total\nA-1,anna,2024-01-15,12.50'],
    [
      'a byte order mark and quotes',
      '\uFEFF"order_id","user_id","date","total"\n"A-1","anna","2024-01-15","12.50"',
    ],
    [
      'UTF-16',
      Buffer.from('\uFEFForder_id\tuser_id\tdate\ttotal\nA-1\tanna\t2024-01-15\t12.50\n', 'utf16le'),
    ],
    ['lines that end in CRLF', 'order_id,user_id,date,total\r\nA-1,anna,2024-01-15,12.50\r\n'],
    ['lines that end in CR', 'order_id,user_id,date,total\rA-1,anna,2024-01-15,12.50\r'],
    [
      'empty lines and empty rows',
      '\n\norder_id,user_id,date,total\n\n,,,\nA-1,anna,2024-01-15,12.50\n,,,,,\n',
    ],
    [
      'columns given by hand',
      'nr,client,day,sum\nA-1,anna,2024-01-15,12.50\n',
      { columns: 'order_id=nr,user_id=CLIENT, date = day ,total=sum' },
    ],
    [
      'one given by hand instead of its synonym',
      'id,ref,user_id,date,total\n7,A-1,anna,2024-01-15,12.50\n',
      { columns: 'order_id=ref' },
    ],
  ])('are found with %s', async (_, content, options) => {
    expect(await ordersOf(content, options)).toEqual([anna])
  })

  it.each<[string, string, OrderFormatOptions, RegExp]>([
    [
      'names what is missing, what there is and what would do',
      'id,who,date,total\n',
      {},
      /orders\.csv, row 1: given the columns "id", "who", "date", "total", expected one for user_id \(user_id, .*\) or email .*--columns user_id=/,
    ],
    [
      'names every missing column',
      'a,b\n',
      {},
      /one for order_id .* and one for date .* and one for total .* and one for user_id/,
    ],
    [
      'names a column of --columns that is not there',
      'id,user_id,date,total\n',
      { columns: 'total=sum' },
      /row 1: there is no column "sum", given for total in --columns; there are "id"/,
    ],
    [
      'names a pair of --columns that is none',
      'id\n',
      { columns: 'user=client' },
      /--columns: given "user=client", expected field=header with a field of order_id, user_id/,
    ],
    ['knows an empty file', '\n \n', {}, /orders\.csv: is empty/],
    ['knows a workbook', 'PK\u0003\u0004\u0000', {}, /is not text in UTF-8, expected a CSV file/],
    [
      'knows a header whose quote never ends',
      '"id,user_id,date,total\n1,2,3,4\n',
      {},
      /row 1: a quoted cell does not end/,
    ],
  ])('are refused with an error that %s', async (_, content, options, message) => {
    await expect(ordersOf(content, options)).rejects.toThrow(message)
  })

  it('reads e-mail addresses, currencies and the default currency', async () => {
    const content =
      'Name,Email,Created at,Total,Currency\n' +
      '#1,Anna@Example.com,2024-01-15 10:00:00 +0100,1,eur\n' +
      '#2,bob@example.com,2024-01-15,2,\n'
    expect(await ordersOf(content, { currency: 'PLN' })).toEqual([
      { orderId: '#1', email: 'anna@example.com', at: Date.UTC(2024, 0, 15, 9), total: '1', currency: 'EUR' },
      { orderId: '#2', email: 'bob@example.com', at: Date.UTC(2024, 0, 15), total: '2', currency: 'PLN' },
    ])
    expect((await ordersOf(content))[1]).not.toHaveProperty('currency')
  })

  it('knows the CDNOW data set by its shape: customer from the second column, order by row', async () => {
    const content =
      ' 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00021 0002 19970101  3    0.00\r\n'
    const order = { currency: 'USD', at: Date.UTC(1997, 0, 1) }
    expect(await ordersOf(content)).toEqual([
      { ...order, orderId: 'cdnow-1', userId: '0001', total: '29.33' },
      { ...order, orderId: 'cdnow-2', userId: '0001', total: '29.73', at: Date.UTC(1997, 0, 18) },
      { ...order, orderId: 'cdnow-3', userId: '0002', total: '0.00' },
    ])
    expect(await ordersOf(' 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2\n')).toEqual([
      { ...order, orderId: 'cdnow-1', userId: '0001', total: '29.33' },
      '2: expected five columns: original id, id, date YYYYMMDD, items, dollars',
    ])
  })
})

describe('a row that is refused', () => {
  it.each<[string, string, RegExp]>([
    ['without an order', ',anna,,2024-01-15,1', /order_id: given nothing/],
    [
      'with a formula for an order',
      '=1+2,anna,,2024-01-15,1',
      /order_id: given "=1\+2", expected plain text/,
    ],
    [
      'with a command for a customer',
      "A-2,-2+3+cmd|' /C calc'!A0,,2024-01-15,1",
      /user_id: given .*, expected plain text/,
    ],
    ['with an @ for a customer', 'A-2,@SUM(A1),,2024-01-15,1', /user_id: given "@SUM/],
    ['with half a character', 'A-2,\uFFFDnna,,2024-01-15,1', /user_id: .* expected plain text/],
    ['with a NUL', 'A-2,an\u0000na,,2024-01-15,1', /user_id: .* expected plain text/],
    ['without a customer', 'A-2,,,2024-01-15,1', /user_id: given nothing, expected the customer/],
    ['with no address for an e-mail', 'A-2,anna,anna at home,2024-01-15,1', /email: given "anna at home"/],
    ['without a time', 'A-2,anna,,,1', /date: given nothing/],
    ['with a day that is none', 'A-2,anna,,2023-02-29,1', /date: given "2023-02-29"/],
    ['without an amount', 'A-2,anna,,2024-01-15,', /total: given nothing/],
    ['with a formula for an amount', 'A-2,anna,,2024-01-15,=1+1', /total: given "=1\+1"/],
    ['with an amount that may be two', 'A-2,anna,,2024-01-15,"1.234,56"', /total: given "1\.234,56"/],
    ['with an unquoted decimal comma', 'A-2,anna,,2024-01-15,12,50', /given 6 columns, expected 5/],
    ['that is cut off', 'A-2,an', /date: given nothing/],
    ['with a quote that never ends', '"A-2,anna,,2024-01-15,1', /a quoted cell does not end/],
    [
      'with a quote in its middle that hides a comma',
      'A-2,"anna" b,,2024-01-15,1',
      /a quoted cell does not end/,
    ],
    ['with a customer that is too long', `A-2,${'a'.repeat(513)},,2024-01-15,1`, /userId: /],
  ])('%s is named, and those around it are read', async (_, row, reason) => {
    const around = (id: string) => `${id},anna,,2024-01-15,12.50`
    const content = `order_id,user_id,email,date,total\n${around('A-1')}\n${row}\n${around('A-3')}\n${around('A-4')}\n`
    const read = await rowsOf(content)
    expect(read.map(({ row: number, ok }) => [number, ok])).toEqual([
      [2, true],
      [3, false],
      [4, true],
      [5, true],
    ])
    expect(read[1]).toHaveProperty('reason', expect.stringMatching(reason))
  })

  it('is none for a quote inside a cell, a doubled quote, or a cell over several lines', async () => {
    const content =
      'order_id,note,user_id,date,total\n' +
      'A-1,5" pipe,anna,2024-01-15,12.50\n' +
      'A-2,"said ""yes"", and\n\nmore, of it",anna,2024-01-15,12.50\n' +
      'A-3,,anna,2024-01-15,12.50\n'
    expect((await rowsOf(content)).map((read) => (read.ok ? [read.row, read.order.orderId] : read))).toEqual([
      [2, 'A-1'],
      [3, 'A-2'],
      [6, 'A-3'],
    ])
  })

  it('is told even when its quote opens a cell that swallows many rows', async () => {
    const good = Array.from({ length: 200 }, (_, place) => `A-${place},anna,2024-01-15,12.50`)
    const content = ['order_id,user_id,date,total', '"A-x,anna,2024-01-15,1', ...good].join('\n')
    const read = await rowsOf(content)
    expect(read.filter(({ ok }) => !ok).map(({ row }) => row)).toEqual([2])
    expect(read.filter(({ ok }) => ok)).toHaveLength(200)
  })
})

describe('an order of the import API', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['as the command line sends it', {}, true],
    ['with an address alone', { userId: undefined, email: 'anna@example.com' }, true],
    ['with a decimal comma', { total: '12,50' }, false],
    ['with a number for an amount', { total: 12.5 }, false],
    ['with a negative amount', { total: '-1' }, false],
    ['with more digits than an amount has', { total: '1'.repeat(13) }, false],
    ['with a NUL, which PostgreSQL refuses', { orderId: 'A\u0000' }, false],
    ['with half a surrogate pair', { userId: 'a\uD800' }, false],
    ['with a time that is no date', { at: 8.64e15 + 1 }, false],
    ['without a customer', { userId: undefined }, false],
    ['with no address for its only identity', { userId: undefined, email: 'anna' }, false],
  ])('%s', (_, change, isTaken) => {
    expect(ImportedOrderSchema.safeParse({ ...anna, ...change }).success).toBe(isTaken)
  })
})

describe('any orders written as CSV', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9ąß漢😀 ,;"'#_.-]{0,12}$/u).map((text) => `x${text}x`)
  const order = fc.record({
    orderId: word,
    userId: word,
    note: fc.stringMatching(/^[a-z ,;"\n\t]{0,20}$/),
    at: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1_000),
    cents: fc.integer({ min: 0, max: 10_000_000 }),
  })
  const form = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    start: fc.constantFrom('', '\uFEFF'),
    isQuoted: fc.boolean(),
    end: fc.boolean(),
  })

  it('are read as they were, whatever the separators, quotes and line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { minLength: 1, maxLength: 12 }),
        form,
        async (orders, { delimiter, lineEnd, start, isQuoted, end }) => {
          const cell = (text: string) =>
            isQuoted || /[,;\t"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
          const lines = [
            ['note', 'order_id', 'total', 'user_id', 'date'],
            ...orders.map(({ orderId, userId, note, at, cents }) => [
              note,
              orderId,
              (cents / 100).toFixed(2),
              userId,
              new Date(at).toISOString(),
            ]),
          ].map((cells) => cells.map(cell).join(delimiter))
          const content = start + lines.join(lineEnd) + (end ? lineEnd : '')
          expect(await ordersOf(content)).toEqual(
            orders.map(({ orderId, userId, at, cents }) => ({
              orderId,
              userId,
              at,
              total: (cents / 100).toFixed(2),
            })),
          )
        },
      ),
      { numRuns: 100 },
    )
  })
})
