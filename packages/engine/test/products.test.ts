import { describe, expect, it } from 'vitest'
import { mergeProduct, productsOf, type CatalogueProduct, type ProductWord } from '../src/index.ts'
import { eventInput, rules, type EventSketch } from './support/inputs.ts'

const NOTHING = {
  sku: null,
  name: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
}

const products = (name: string, properties: Record<string, unknown>, more: Partial<EventSketch> = {}) =>
  productsOf(eventInput({ day: 0, name, properties, ...more }), rules.settings)

describe('what an event says of products', () => {
  it.each<[sentence: string, name: string, properties: Record<string, unknown>, expected: object[]]>([
    [
      'all that the shop’s page knows of it',
      'Product Viewed',
      {
        product_id: 507,
        sku: 'G-32',
        name: ' Monopoly ',
        brand: 'Hasbro',
        category: 'Games',
        url: 'https://shop.example/p?id=507',
        image_url: 'http://shop.example/p.jpg',
        price: '18.99',
        currency: 'usd',
        quantity: 2,
        position: 3,
        coupon: 'MAY',
      },
      [
        {
          id: '507',
          sku: 'G-32',
          name: 'Monopoly',
          brand: 'Hasbro',
          category: 'Games',
          url: 'https://shop.example/p?id=507',
          imageUrl: 'http://shop.example/p.jpg',
          price: 1_899,
          currency: 'USD',
        },
      ],
    ],
    [
      'each product of a list',
      'Order Completed',
      {
        products: [
          { product_id: 'a', name: 'A' },
          { sku: 'b', price: 1 },
        ],
      },
      [
        { ...NOTHING, id: 'a', name: 'A' },
        { ...NOTHING, id: 'b', sku: 'b', price: 100, currency: 'EUR' },
      ],
    ],
    [
      'the last word on one that is named twice',
      'Cart Viewed',
      {
        products: [
          { product_id: 'a', name: 'A' },
          { product_id: 'a', name: 'B' },
        ],
      },
      [{ ...NOTHING, id: 'a', name: 'B' }],
    ],
    [
      'the category of the list that it is in',
      'Product List Viewed',
      { category: 'Toys', products: [{ product_id: 'a' }, { product_id: 'b', category: 'Mugs' }] },
      [
        { ...NOTHING, id: 'a', category: 'Toys' },
        { ...NOTHING, id: 'b', category: 'Mugs' },
      ],
    ],
    [
      'under the first version’s names',
      'Viewed Product',
      { id: 'a', name: 'A' },
      [{ ...NOTHING, id: 'a', name: 'A' }],
    ],
    ['nothing where it has no id', 'Product Viewed', { name: 'A' }, []],
    ['nothing where it has only an id', 'Product Viewed', { product_id: 'a' }, []],
    [
      'no address that a page would run',
      'Product Viewed',
      { product_id: 'a', name: 'A', url: 'javascript:alert(1)' },
      [{ ...NOTHING, id: 'a', name: 'A' }],
    ],
    [
      'no address that ends where it stands',
      'Product Viewed',
      { product_id: 'a', name: 'A', url: 'https://x.example/"onload=' },
      [{ ...NOTHING, id: 'a', name: 'A' }],
    ],
    [
      'no price below nothing',
      'Product Viewed',
      { product_id: 'a', name: 'A', price: -1 },
      [{ ...NOTHING, id: 'a', name: 'A' }],
    ],
    ['nothing of what is given back', 'Order Refunded', { products: [{ product_id: 'a', price: 1 }] }, []],
    ['nothing in an event of the shop’s own', 'Product Pinched', { product_id: 'a', name: 'A' }, []],
  ])('is %s', (_sentence, name, properties, expected) => {
    expect(products(name, properties)).toEqual(expected)
  })

  it('is fifty products at most where a browser says it', () => {
    const properties = { products: Array.from({ length: 80 }, (_, n) => ({ product_id: n, name: 'x' })) }
    const counts = (['public', 'secret'] as const).map(
      (source) => products('Cart Viewed', properties, { source }).length,
    )
    expect(counts).toEqual([50, 80])
  })
})

describe('a product of the catalogue', () => {
  const word = (by: 'shop' | 'browser', at: number, facts: Partial<ProductWord['facts']>): ProductWord => ({
    facts: { ...NOTHING, id: 'p', ...facts },
    trusted: by === 'shop',
    at,
  })
  const after = (...words: ProductWord[]) => {
    let product: CatalogueProduct | undefined
    for (const each of words) product = mergeProduct(product, each)
    return product
  }

  it.each<[sentence: string, words: ProductWord[], expected: Partial<CatalogueProduct>]>([
    [
      'is what the shop says',
      [word('shop', 1, { name: 'A' })],
      { trusted: true, claimed: [], name: 'A', updatedAt: 1 },
    ],
    [
      'is what the shop says last',
      [word('shop', 1, { name: 'A' }), word('shop', 2, { name: 'B' })],
      { name: 'B', updatedAt: 2 },
    ],
    [
      'whenever that arrives',
      [word('shop', 2, { name: 'B' }), word('shop', 1, { name: 'A', sku: 's' })],
      { name: 'B', sku: 's', updatedAt: 2 },
    ],
    [
      'keeps what is not said again',
      [word('shop', 1, { name: 'A' }), word('shop', 2, { brand: 'X' })],
      { name: 'A', brand: 'X' },
    ],
    [
      'is not to be shown where only browsers tell of it',
      [word('browser', 1, { name: 'A', sku: 's' })],
      { trusted: false, claimed: ['name', 'sku'] },
    ],
    [
      'is what browsers say last',
      [word('browser', 1, { name: 'A' }), word('browser', 2, { name: 'B' })],
      { name: 'B', trusted: false },
    ],
    [
      'but for its address: the first',
      [word('browser', 1, { url: 'https://a' }), word('browser', 2, { url: 'https://b' })],
      { url: 'https://a' },
    ],
    [
      'takes nothing from a browser that the shop has said',
      [
        word('shop', 1, { name: 'A', price: 5, currency: 'EUR' }),
        word('browser', 2, { name: 'B', price: 1, currency: 'JPY' }),
      ],
      { name: 'A', price: 5, currency: 'EUR', claimed: [], updatedAt: 1 },
    ],
    [
      'lets a browser fill gaps, which stay marked',
      [word('shop', 1, { name: 'A' }), word('browser', 2, { url: 'https://b' })],
      { trusted: true, name: 'A', url: 'https://b', claimed: ['url'] },
    ],
    [
      'until the shop says it itself, also as of before',
      [word('browser', 5, { name: 'B', url: 'https://b' }), word('shop', 1, { name: 'A', url: 'https://b' })],
      { trusted: true, name: 'A', url: 'https://b', claimed: [] },
    ],
  ])('%s', (_sentence, words, expected) => {
    expect(after(...words)).toMatchObject(expected)
  })

  it.each<[sentence: string, words: ProductWord[]]>([
    [
      'the shop repeats itself',
      [
        word('shop', 1, { name: 'A', price: 5, currency: 'EUR' }),
        word('shop', 9, { name: 'A', price: 5, currency: 'EUR' }),
      ],
    ],
    ['a browser repeats it', [word('shop', 1, { name: 'A' }), word('browser', 9, { name: 'A' })]],
    ['a browser contradicts it', [word('shop', 1, { name: 'A' }), word('browser', 9, { name: 'B' })]],
    ['browsers repeat each other', [word('browser', 1, { name: 'A' }), word('browser', 9, { name: 'A' })]],
  ])('is the very same, and not written, when %s', (_sentence, words) => {
    const [first, second] = words
    const product = mergeProduct(undefined, first!)
    expect(mergeProduct(product, second!)).toBe(product)
  })
})
