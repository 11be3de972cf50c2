import { describe, expect, it } from 'vitest'
import { productsOf } from '../../../src/catalogue/feeds/productsOf.ts'
import { readFeedPrice } from '../../../src/catalogue/feeds/readFeedPrice.ts'
import { readGoogleXml } from '../../../src/catalogue/feeds/readGoogleXml.ts'
import { tableFields } from '../../../src/catalogue/feeds/tableFields.ts'

const containing = (text: string): unknown => expect.stringContaining(text)

async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const thing of things) found.push(thing)
  return found
}

const AT = Date.UTC(2026, 1, 25)

/** In pieces that cut through names and values. */
async function* piecesOf(text: string, size = 7) {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
}

async function* recordsOf(rows: readonly (readonly string[])[]) {
  for (const [place, cells] of rows.entries()) yield { row: place + 2, cells: [...cells] }
}

const readXml = (text: string) =>
  all(productsOf(readGoogleXml('feed.xml', piecesOf(text)), { at: AT, currency: undefined }))

const readTable = (header: readonly string[], rows: readonly (readonly string[])[], currency?: string) =>
  all(productsOf(tableFields('feed.csv', header, recordsOf(rows)), { at: AT, currency }))

const rss = (items: string) =>
  `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>${items}</channel></rss>`

describe('prices of feeds', () => {
  it.each([
    ['12.00 EUR', { currency: 'EUR', price: 1_200 }],
    ['EUR 12,00', { currency: 'EUR', price: 1_200 }],
    ['12.00EUR', { currency: 'EUR', price: 1_200 }],
    ['1500 JPY', { currency: 'JPY', price: 1_500 }],
    ['0.00 usd', { currency: 'USD', price: 0 }],
  ])('reads %s', (text, expected) => {
    expect(readFeedPrice('price', text, undefined)).toEqual(expected)
  })
  it.each([
    ['12.00', 'with its currency'],
    ['1.234,50 EUR', 'without separators of thousands'],
    ['1.234 EUR', 'whether the dot is a decimal one'],
    ['-3 EUR', 'zero or more'],
    ['EUR 3 EUR', 'such as 12.00 EUR'],
    ['free', 'such as 12.00 EUR'],
  ])('refuses %s and says why', (text, why) => {
    expect(readFeedPrice('price', text, undefined)).toEqual({ problem: containing(why) })
  })
})

describe('Google Merchant feeds in XML', () => {
  it('reads RSS, with a reduced price, and not the price of its shipping', async () => {
    const items = `<item><title>Plain</title><g:id>a</g:id><g:title>Oil &amp; more</g:title><link>https://x.example/a</link>
      <g:image_link>https://x.example/a.png</g:image_link><g:additional_image_link>https://x.example/b.png</g:additional_image_link>
      <g:shipping><g:price>4.00 EUR</g:price></g:shipping><g:price>20.00 EUR</g:price><g:sale_price>15.00 EUR</g:sale_price>
      <g:availability>in stock</g:availability><g:brand><![CDATA[<Oak>]]></g:brand></item>`
    expect(await readXml(rss(items))).toEqual([
      {
        row: 1,
        item: {
          id: 'a',
          name: 'Oil & more',
          brand: '<Oak>',
          url: 'https://x.example/a',
          images: ['https://x.example/a.png', 'https://x.example/b.png'],
          prices: [{ currency: 'EUR', price: 1_500, previous: 2_000 }],
          stock: null,
        },
      },
    ])
  })
  it('reads Atom, with the address in an attribute', async () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><g:id>a</g:id><title>Oil</title>
      <link href="https://x.example/a"/><g:price>3 EUR</g:price><g:availability>out_of_stock</g:availability></entry></feed>`
    expect(await readXml(feed)).toMatchObject([
      { item: { id: 'a', name: 'Oil', url: 'https://x.example/a', stock: 0 } },
    ])
  })
  it.each([
    ['2026-02-24T11:07+0100 / 2026-02-29T23:07+0100', 1_500],
    ['2026-02-24T11:07+0100/2026-02-26T23:07+0100', 1_500],
    ['2026-02-26T00:00Z/2026-02-27T00:00Z', 2_000],
    ['2026-01-01T00:00Z/2026-01-02T00:00Z', 2_000],
  ])('asks whether a reduced price holds: %s', async (interval, price) => {
    const days = interval.replace('02-29', '02-28')
    const items = `<item><g:id>a</g:id><g:price>20.00 EUR</g:price><g:sale_price>15.00 EUR</g:sale_price><g:sale_price_effective_date>${days}</g:sale_price_effective_date></item>`
    expect(await readXml(rss(items))).toMatchObject([{ item: { prices: [{ price }] } }])
  })
  it('refuses one item with its reason and reads the others', async () => {
    const items = `<item><g:id>a</g:id><g:price>cheap</g:price></item><item><g:id>b</g:id><g:price>1 EUR</g:price></item>
      <item><g:title>none</g:title></item><item><g:id>c</g:id><g:availability>maybe</g:availability></item>
      <item><g:id>d</g:id><link>javascript:alert(1)</link></item><item><g:id>b</g:id></item>`
    expect(await readXml(rss(items))).toEqual([
      { row: 1, problem: containing('price: given "cheap"') },
      { row: 2, item: { id: 'b', prices: [{ currency: 'EUR', price: 100, previous: null }] } },
      { row: 3, problem: containing('id: is missing') },
      { row: 4, problem: containing('availability: given "maybe"') },
      { row: 5, problem: containing('url: ') },
      { row: 6, problem: containing('next to each other') },
    ])
  })
  it.each([
    ['a document type', `<!DOCTYPE rss [<!ENTITY a "b">]>${rss('')}`, 'document type'],
    ['an entity of its own', rss('<item><g:id>&boom;</g:id></item>'), 'no XML that can be read'],
    ['what is cut off', rss('<item><g:id>a</g:id></item>').slice(0, -20), 'no XML that can be read'],
    ['no item at all', rss(''), 'no <item>'],
  ])('refuses %s', async (_what, text, why) => {
    await expect(readXml(text)).rejects.toThrow(why)
  })
  it('refuses a text without end', async () => {
    async function* endless() {
      yield '<rss><channel><item><g:id>'
      for (;;) yield 'x'.repeat(100_000)
    }
    await expect(all(readGoogleXml('feed.xml', endless()))).rejects.toThrow('without a tag, in item 1')
  })
})

describe('tables of products', () => {
  const header = ['id', 'item group id', 'title', 'size', 'price', 'quantity']
  it('puts variants together, and takes the lowest price and all pieces', async () => {
    const rows = [
      ['s', 'g', 'Shirt', 'S', '10.00 EUR', '2'],
      ['m', 'g', 'Shirt', 'M', '9.00 EUR', '3'],
      ['x', '', 'Mug', '', '4.00 EUR', '0'],
    ]
    expect(await readTable(header, rows)).toMatchObject([
      {
        row: 2,
        item: {
          id: 'g',
          name: 'Shirt',
          stock: 5,
          prices: [{ price: 900 }],
          variants: [
            { id: 's', name: 'S', stock: 2 },
            { id: 'm', name: 'M', stock: 3 },
          ],
        },
      },
      { row: 4, item: { id: 'x', name: 'Mug', stock: 0 } },
    ])
  })
  it('leaves a product as it is when one of its variants is refused', async () => {
    const rows = [
      ['s', 'g', 'Shirt', 'S', '10.00 EUR', '2'],
      ['m', 'g', 'Shirt', 'M', '?', '3'],
      ['x', '', 'Mug', '', '4.00 EUR', ''],
    ]
    expect(await readTable(header, rows)).toMatchObject([
      { row: 3, problem: containing('price') },
      { row: 4, item: { id: 'x' } },
    ])
  })
  describe('reads the export of WooCommerce', () => {
    const columns = [
      'ID',
      'Type',
      'SKU',
      'Name',
      'Published',
      'Visibility in catalog',
      'Date sale price ends',
      'In stock?',
      'Stock',
      'Backorders allowed?',
      'Sale price',
      'Regular price',
      'Categories',
      'Images',
      'Parent',
      'Attribute 1 value(s)',
    ]
    const row = (cells: Record<string, string>) =>
      columns.map((column) => cells[column] ?? { Published: '1', 'In stock?': '1' }[column] ?? '')
    const simple = { ID: '7', Type: 'simple', Name: 'Mug', 'Regular price': '12,50' }

    it.each<[string, Record<string, string>, object]>([
      ['one that nobody counts', simple, { id: '7', name: 'Mug', stock: null, hidden: false }],
      ['one that is sold out', { ...simple, 'In stock?': '0', Stock: '3' }, { stock: 0 }],
      ['how many there are', { ...simple, Stock: '4' }, { stock: 4 }],
      [
        'one that is sold beyond its stock',
        { ...simple, Stock: '0', 'Backorders allowed?': 'notify' },
        { stock: null },
      ],
      [
        'a reduced one',
        { ...simple, 'Sale price': '10' },
        { prices: [{ currency: 'EUR', price: 1_000, previous: 1_250 }] },
      ],
      [
        'one whose sale is over',
        { ...simple, 'Sale price': '10', 'Date sale price ends': '2020-01-01' },
        { prices: [{ currency: 'EUR', price: 1_250, previous: null }] },
      ],
      ['a draft', { ...simple, Published: '-1' }, { hidden: true }],
      ['one that no list shows', { ...simple, 'Visibility in catalog': 'hidden' }, { hidden: true }],
      [
        'its first category and its pictures',
        {
          ...simple,
          Categories: 'Cups > Big, Gifts',
          Images: 'https://x.example/1.png, https://x.example/2.png',
        },
        { category: 'Cups > Big', images: ['https://x.example/1.png', 'https://x.example/2.png'] },
      ],
    ])('with %s', async (_what, cells, item) => {
      expect(await readTable(columns, [row(cells)], 'EUR')).toMatchObject([{ row: 2, item }])
    })

    it.each(['id:9', 'SHIRT'])('with variations that name their product as %s', async (Parent) => {
      const rows = [
        row({ ID: '9', Type: 'variable', SKU: 'SHIRT', Name: 'Shirt', Images: 'https://x.example/s.png' }),
        row({
          ID: '10',
          Type: 'variation',
          Name: 'Shirt - S',
          Stock: '0',
          'In stock?': '0',
          'Regular price': '8',
          Parent,
          'Attribute 1 value(s)': 'S',
        }),
        row({
          ID: '11',
          Type: 'variation, virtual',
          Name: 'Shirt - M',
          Stock: '4',
          'Regular price': '9',
          Parent,
          'Attribute 1 value(s)': 'M',
        }),
        row(simple),
      ]
      expect(await readTable(columns, rows, 'EUR')).toMatchObject([
        {
          item: {
            id: '9',
            name: 'Shirt',
            stock: 4,
            hidden: false,
            prices: [{ currency: 'EUR', price: 800 }],
            variants: [
              { id: '10', name: 'S', stock: 0 },
              { id: '11', name: 'M', stock: 4, prices: [{ currency: 'EUR', price: 900 }] },
            ],
          },
        },
        { item: { id: '7' } },
      ])
    })
  })

  it('reads the export of Shopify, whose rows go on', async () => {
    const columns = [
      'Handle',
      'Title',
      'Vendor',
      'Option1 Value',
      'Variant SKU',
      'Variant Inventory Qty',
      'Variant Inventory Policy',
      'Variant Price',
      'Variant Compare At Price',
      'Image Src',
      'Status',
    ]
    const rows = [
      [
        'shirt',
        'Shirt',
        'Oak',
        'S',
        'sh-s',
        '-1',
        'deny',
        '8.00',
        '10.00',
        'https://x.example/1.png',
        'active',
      ],
      ['shirt', '', '', 'M', 'sh-m', '4', 'continue', '8.00', '', '', ''],
      ['shirt', '', '', '', '', '', '', '', '', 'https://x.example/2.png', ''],
      ['mug', 'Mug', '', 'Default Title', '', '7', 'deny', '3.00', '', '', 'draft'],
    ]
    expect(await readTable(columns, rows, 'EUR')).toMatchObject([
      {
        item: {
          id: 'shirt',
          brand: 'Oak',
          hidden: false,
          stock: null,
          images: ['https://x.example/1.png', 'https://x.example/2.png'],
          prices: [{ currency: 'EUR', price: 800, previous: 1_000 }],
          variants: [
            { id: 'sh-s', name: 'S', stock: 0 },
            { id: 'sh-m', name: 'M', stock: null },
          ],
        },
      },
      { item: { id: 'mug', hidden: true, stock: 7, variants: [{ name: null }] } },
    ])
  })
  it('refuses a table without ids', async () => {
    await expect(readTable(['title'], [['Mug']])).rejects.toThrow('expected one named id')
  })
})
