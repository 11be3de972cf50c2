import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalName, FIRST_VERSION_NAMES } from '../src/canonicalName.ts'
import { COMMERCE_EVENTS } from '../src/commerceEvents.ts'
import { readCommerce } from '../src/readCommerce.ts'
import { eventInput } from './support/inputs.ts'

const read = (name: string, properties: Record<string, unknown>) =>
  readCommerce(eventInput({ day: 0, name, properties }))?.properties

const names = Object.keys(COMMERCE_EVENTS)

describe('the name of an event', () => {
  it.each([
    ['Order Completed', 'Order Completed'],
    ['Completed Order', 'Order Completed'],
    ['order completed', 'Order Completed'],
    ['ORDER_COMPLETED', 'Order Completed'],
    ['order-completed', 'Order Completed'],
    ['orderCompleted', 'Order Completed'],
    ['OrderCompleted', 'Order Completed'],
    [' Order   Completed ', 'Order Completed'],
    ['completed_order', 'Order Completed'],
    ['Order Canceled', 'Order Cancelled'],
    ['viewed product', 'Product Viewed'],
    ['Started Order', 'Checkout Started'],
    // What may be something of the shop's own.
    ['Order Completed?', 'Order Completed?'],
    ['Order 1 Completed', 'Order 1 Completed'],
    ['Order Completed Twice', 'Order Completed Twice'],
    ['Order - Completed', 'Order - Completed'],
    ['Completed', 'Completed'],
    ['subscribed', 'subscribed'],
    ['email bounced', 'email bounced'],
    ['constructor', 'constructor'],
    ['', ''],
    [`${' '.repeat(60)}Order Completed`, `${' '.repeat(60)}Order Completed`],
  ])('%j is %j', (name, expected) => {
    expect(canonicalName(name)).toBe(expected)
  })

  it.each([...names, ...Object.keys(FIRST_VERSION_NAMES)])('%s has variants of its own', (name) => {
    const canonical = canonicalName(name)
    for (const variant of [name.toLowerCase(), name.replaceAll(' ', '_'), name.replaceAll(' ', '')])
      expect(canonicalName(variant)).toBe(canonical)
  })
})

describe('the properties of an event', () => {
  it.each<[sentence: string, name: string, given: Record<string, unknown>, expected: object]>([
    ['numbers as text', 'Product Viewed', { price: '18.99', position: ' 3 ' }, { price: 18.99, position: 3 }],
    ['ids as numbers', 'Product Viewed', { product_id: 507, sku: 45 }, { product_id: '507', sku: '45' }],
    [
      'nothing for null',
      'Product Viewed',
      { product_id: 'p', price: null },
      { product_id: 'p', price: undefined },
    ],
    [
      'nothing for what a field cannot mean',
      'Product Viewed',
      { name: {}, price: 'free', url: [] },
      { name: undefined },
    ],
    ['no id of endless length', 'Product Viewed', { product_id: 'x'.repeat(256) }, { product_id: undefined }],
    ['fields that it does not know', 'Product Viewed', { colour: 'red' }, { colour: 'red' }],
    [
      'names of the first version',
      'Viewed Product',
      { id: 'p', imageUrl: 'x' },
      { product_id: 'p', image_url: 'x' },
    ],
    [
      'the specified name before another',
      'Product Viewed',
      { productId: 'a', product_id: 'b' },
      { product_id: 'b' },
    ],
    [
      'the products of a list, without what is none',
      'Order Completed',
      { products: [{ product_id: 1 }, null, 'x', [], { price: '2' }] },
      { products: [{ product_id: '1' }, { price: 2 }] },
    ],
    ['no list where there is none', 'Order Completed', { products: 'none' }, { products: undefined }],
    ['a search', 'Products Searched', { query: 'blue shoes' }, { query: 'blue shoes' }],
    [
      'a promotion',
      'Viewed Promotion',
      { promotion_id: 'x', position: 2 },
      { promotion_id: 'x', position: '2' },
    ],
    [
      'a coupon',
      'Coupon Denied',
      { coupon_id: 'may', reason: 'expired' },
      { coupon_id: 'may', reason: 'expired' },
    ],
    ['a wishlist', 'Product Added to Wishlist', { wishlist_id: 1, price: 2 }, { wishlist_id: '1', price: 2 }],
    ['a review', 'Product Reviewed', { product_id: 1, rating: 5 }, { product_id: '1', rating: '5' }],
  ])('are read tolerantly: %s', (_sentence, name, given, expected) => {
    expect(read(name, given)).toMatchObject(expected)
  })

  it.each(names)('of %s may be anything', (name) => {
    const wild = {
      products: 7,
      product_id: [],
      query: null,
      price: { a: 1 },
      cart_id: true,
      order_id: NaN,
      value: 'x',
    }
    expect(() => read(name, wild)).not.toThrow()
    expect(() => read(name, { products: [[], { products: [{}] }, 0] })).not.toThrow()
  })
})

/** The specification's table of properties, where it has been laid beside the project. */
const specification = join(
  import.meta.dirname,
  '../../../../shared/data/segment-ecommerce-v2-properties.json',
)

describe.skipIf(!existsSync(specification))('the table of the specification', () => {
  type Table = Record<string, Record<string, string>>
  const table = existsSync(specification) ? (JSON.parse(readFileSync(specification, 'utf8')) as Table) : {}

  it('has the same events and first-version names', () => {
    expect(names.toSorted()).toEqual(Object.keys(table).toSorted())
    const aliases = Object.entries(table).flatMap(([name, { _v1_alias }]) =>
      _v1_alias ? [[_v1_alias, name]] : [],
    )
    expect(FIRST_VERSION_NAMES).toEqual(Object.fromEntries(aliases))
  })

  it.each(Object.entries(table))('has the same properties of %s', (name, properties) => {
    const samples: Record<string, unknown> = { Number: 1.5, String: 'x', 'String | Object': 'x', Array: [] }
    const given: Record<string, unknown> = {}
    const product: Record<string, unknown> = {}
    for (const [property, type] of Object.entries(properties)) {
      if (property.startsWith('_')) continue
      const path = property.split('.$.')
      if (path.length === 1) given[property] = samples[type.replace(/<.*>/, '')]
      else if (path[0] === 'products') product[path[1] ?? ''] = samples[type]
    }
    if (Object.keys(product).length > 0) given['products'] = [product]
    expect(read(name, given)).toMatchObject(given)
  })
})
