import { describe, expect, it } from 'vitest'
import { createCustomer, isLate, step, type Input } from '../src/index.ts'
import { DAY, eventInput, order, rules, START, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, cancel, visit } from './support/story.ts'

type Properties = Record<string, unknown>

const browser = { source: 'public', anonymousId: 'a1' } as const
const track = (day: number, name: string, properties: Properties, more: Partial<EventSketch> = browser) =>
  eventInput({ day, name, properties, ...more })
const add = (day: number, productId: string, more: Properties = {}) =>
  track(day, 'Product Added', { product_id: productId, ...more })
const remove = (day: number, productId: string, more: Properties = {}) =>
  track(day, 'Product Removed', { product_id: productId, ...more })
const view = (day: number, products: unknown, more: Properties = {}) =>
  track(day, 'Cart Viewed', { products, ...more })
const checkOut = (day: number, more: Properties = {}) => track(day, 'Checkout Started', more)
const complete = (day: number, orderId: string, more: Properties = {}) =>
  track(day, 'Order Completed', { order_id: orderId, total: 10, ...more })

const traits = (day: number) => eventInput({ day, type: 'identify', userId: 'u1', traits: { n: day } })

const cartsOf = (inputs: readonly Input[]) => live(inputs, rules).customer.carts

/** Carts in a few words, the one touched last at the end: `default open: 2 p1 @500 = 1000 EUR`. */
const told = (inputs: readonly Input[]) =>
  cartsOf(inputs).map(({ id, status, lines, value, currency }) => {
    const products = lines.map(({ productId, sku, variant, quantity, price }) =>
      [quantity, productId ?? sku, variant, price === null ? null : `@${price}`]
        .filter((part) => part !== null)
        .join(' '),
    )
    return `${id} ${status}: ${products.join(', ')} = ${value ?? '?'} ${currency}`
  })

describe('a cart', () => {
  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    ['is opened by a product', [add(0, 'p1', { price: 5 })], ['default open: 1 p1 @500 = 500 EUR']],
    [
      'has one line for a product, however often it is added',
      [add(0, 'p1', { price: 5, quantity: 2 }), add(1, 'p1', { price: '4.50', quantity: '1' })],
      ['default open: 3 p1 @450 = 1350 EUR'],
    ],
    [
      'has lines for variants of their own',
      [add(0, 'p1', { variant: 'red' }), add(1, 'p1', { variant: 'blue' }), add(2, 'p1', { variant: 'red' })],
      ['default open: 2 p1 red, 1 p1 blue = ? EUR'],
    ],
    [
      'knows a product by its sku, and by its id where only that is named',
      [
        add(0, 'p1', { sku: 's1' }),
        track(1, 'Product Added', { sku: 's1' }),
        add(2, 'p1'),
        add(3, 'p1', { sku: 's2' }),
      ],
      ['default open: 3 p1, 1 p1 = ? EUR'],
    ],
    ['has nothing that is no product', [track(0, 'Product Added', { name: 'Coffee' })], []],
    [
      'has nothing of which there is none',
      [add(0, 'p1', { quantity: 0 }), add(1, 'p2', { quantity: -1 })],
      [],
    ],
    [
      'takes the first version’s words',
      [track(0, 'Added Product', { id: 'p1', quantity: 2 })],
      ['default open: 2 p1 = ? EUR'],
    ],
    [
      'takes a product from a wishlist',
      [track(0, 'Wishlist Product Added to Cart', { wishlist_id: 'w', cart_id: 'c1', product_id: 'p1' })],
      ['c1 open: 1 p1 = ? EUR'],
    ],
    [
      'keeps kilograms',
      [add(0, 'p1', { quantity: 0.3 }), remove(1, 'p1', { quantity: 0.1 })],
      ['default open: 0.2 p1 = ? EUR'],
    ],
    [
      'has so many fewer of what is removed',
      [add(0, 'p1', { quantity: 3, price: 2 }), remove(1, 'p1', { quantity: 1 })],
      ['default open: 2 p1 @200 = 400 EUR'],
    ],
    [
      'has none of it without a quantity',
      [add(0, 'p1', { quantity: 3 }), add(0, 'p2'), remove(1, 'p1')],
      ['default open: 1 p2 = ? EUR'],
    ],
    ['is no more when it is empty', [add(0, 'p1'), remove(1, 'p1')], []],
    ['does not open by a removal', [remove(0, 'p1')], []],
    [
      'is what a view of it shows',
      [
        add(0, 'p1'),
        view(1, [
          { product_id: 'p2', price: 3, quantity: 2 },
          { product_id: 'p2', price: 3 },
        ]),
      ],
      ['default open: 3 p2 @300 = 900 EUR'],
    ],
    ['is no more when a view shows it empty', [add(0, 'p1'), view(1, [])], []],
    [
      'stays when a view says nothing of its products',
      [add(0, 'p1'), view(1, undefined)],
      ['default open: 1 p1 = ? EUR'],
    ],
    [
      'is worth what the shop says, until a line changes',
      [view(0, [{ product_id: 'p1', price: 3 }], { value: 2.5 })],
      ['default open: 1 p1 @300 = 250 EUR'],
    ],
    [
      'and then what its lines come to',
      [view(0, [{ product_id: 'p1', price: 3 }], { value: 2.5 }), add(1, 'p1', { price: 3 })],
      ['default open: 2 p1 @300 = 600 EUR'],
    ],
    [
      'forgets prices in another currency',
      [add(0, 'p1', { price: 3 }), add(1, 'p2', { price: 500, currency: 'jpy' })],
      ['default open: 1 p1, 1 p2 @500 = 500 JPY'],
    ],
    [
      'stays apart from another one',
      [
        add(0, 'p1', { cart_id: 'c1' }),
        add(1, 'p2', { cart_id: 'c2' }),
        add(2, 'p3', { cart_id: 'c1' }),
        add(3, 'p4'),
      ],
      ['c2 open: 1 p2 = ? EUR', 'c1 open: 1 p1, 1 p3 = ? EUR', 'default open: 1 p4 = ? EUR'],
    ],
    [
      'is in checkout once that has started',
      [add(0, 'p1', { price: 3, cart_id: 'c1' }), checkOut(1, { order_id: 'o1', value: 4 })],
      ['c1 checkout: 1 p1 @300 = 400 EUR'],
    ],
    [
      'is opened by a checkout of which nothing was known',
      [checkOut(0, { products: [{ product_id: 'p1', price: 2 }] })],
      ['default checkout: 1 p1 @200 = 200 EUR'],
    ],
    [
      'of two is in checkout by its own order',
      [
        add(0, 'p1', { cart_id: 'c1' }),
        checkOut(1, { cart_id: 'c1', order_id: 'o1' }),
        add(2, 'p2', { cart_id: 'c2' }),
        checkOut(3, { order_id: 'o2' }),
        track(4, 'Checkout Step Viewed', { checkout_id: 'k1', order_id: 'o1' }),
        checkOut(5, { order_id: 'o2', value: 7 }),
      ],
      ['c1 checkout: 1 p1 = ? EUR', 'c2 checkout: 1 p2 = 700 EUR'],
    ],
    [
      'is not opened by a step or a coupon',
      [
        track(0, 'Checkout Step Viewed', { checkout_id: 'k' }),
        track(1, 'Coupon Applied', { coupon_id: 'x' }),
      ],
      [],
    ],
    [
      'is not touched by a look at a product',
      [add(0, 'p1'), track(1, 'Product Viewed', { product_id: 'p2' })],
      ['default open: 1 p1 = ? EUR'],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(told(inputs)).toEqual(expected)
  })

  it('keeps the numbers of its checkout and order, its coupons, and when it was touched', () => {
    const inputs = [
      add(0, 'p1'),
      checkOut(1, { order_id: 'o1', coupon: 'may' }),
      track(2, 'Payment Info Entered', { checkout_id: 'k1' }),
      track(3, 'Coupon Applied', { coupon_id: 'june', order_id: 'o1' }),
      track(4, 'Coupon Applied', { coupon_name: 'july' }),
      track(5, 'Coupon Removed', { coupon_id: 'may' }),
    ]
    expect(cartsOf(inputs)).toMatchObject([
      { orderId: 'o1', checkoutId: 'k1', coupons: ['june', 'july'], updatedAt: START + 5 * DAY },
    ])
  })
})

describe('an order', () => {
  const two = [
    add(0, 'p1', { cart_id: 'c1' }),
    checkOut(1, { cart_id: 'c1', order_id: 'o1', checkout_id: 'k1' }),
    add(2, 'p2', { cart_id: 'c2' }),
  ]
  const left = (inputs: readonly Input[]) => cartsOf(inputs).map(({ id }) => id)

  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    ['closes the cart that it names', [...two, complete(3, 'o9', { cart_id: 'c1' })], ['c2']],
    ['closes the cart of its checkout', [...two, complete(3, 'o9', { checkout_id: 'k1' })], ['c2']],
    ['closes the cart of its own number', [...two, complete(3, 'o1')], ['c2']],
    ['closes the one touched last where it names none', [...two, complete(3, 'o9')], ['c1']],
    ['closes the only one, whatever it is called', [add(0, 'p1', { cart_id: 'c1' }), complete(1, 'o1')], []],
    [
      'closes none where it names one that is not open',
      [...two, complete(3, 'o9', { cart_id: 'c3' })],
      ['c1', 'c2'],
    ],
    [
      'but that without a name',
      [add(0, 'p1'), add(1, 'p2', { cart_id: 'c2' }), complete(3, 'o9', { cart_id: 'c3' })],
      ['c2'],
    ],
    ['told again by the server closes no second one', [...two, complete(3, 'o9'), order(3.1, 'o9')], ['c1']],
    [
      'told again closes the one that it names',
      [...two, complete(3, 'o9'), complete(4, 'o9', { cart_id: 'c1' })],
      [],
    ],
    ['of the server closes a visitor’s cart', [...two, order(3, 'o1')], ['c2']],
    ['that is updated closes none', [...two, track(3, 'Order Updated', { order_id: 'o1' })], ['c1', 'c2']],
    ['that is cancelled brings none back', [...two, complete(3, 'o1'), cancel(4, 'o1')], ['c2']],
    ['from before the cart closes none', [order(-1, 'o0'), ...two], ['c1', 'c2']],
    ['from before the cart closes none, whenever it is told', [...two, order(-1, 'o0')], ['c1', 'c2']],
    [
      'is followed by a cart of its own',
      [...two, complete(3, 'o9'), add(4, 'p3', { cart_id: 'c2' })],
      ['c1', 'c2'],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(left(inputs)).toEqual(expected)
  })
})

describe('what arrives late', () => {
  const story = [
    add(0, 'p1', { quantity: 2, price: 5 }),
    remove(1, 'p1', { quantity: 1 }),
    add(2, 'p2', { price: 1, cart_id: 'c2' }),
    checkOut(3, { order_id: 'o1' }),
    complete(4, 'o1'),
    add(5, 'p3'),
  ]
  it.each([[[5, 4, 3, 2, 1, 0]], [[1, 0, 2, 3, 4, 5]], [[4, 0, 1, 2, 3, 5]], [[0, 2, 5, 1, 3, 4]]])(
    'ends in the same carts as in the right order: %j',
    (arrivals) => {
      const expected = ['default open: 1 p1 @500, 1 p3 = 500 EUR']
      expect(told(story)).toEqual(expected)
      expect(told(arrivals.map((place) => story[place]!))).toEqual(expected)
    },
  )

  it.each<[sentence: string, expected: boolean, history: Input[], input: ReturnType<typeof add>]>([
    ['an older cart event', true, [add(10, 'p1')], remove(9, 'p1')],
    ['an older cart event than the order', true, [order(10, 'o1')], add(9, 'p1')],
    ['a newer cart event', false, [add(10, 'p1')], add(11, 'p1')],
    ['a cart event older than traits', false, [visit(0), address(0.1), traits(0.9)], add(0.8, 'p1')],
    [
      'a cart event older than a cancellation',
      false,
      [visit(0), order(0.1, 'o1'), cancel(0.9, 'o1')],
      add(0.8, 'p1'),
    ],
    [
      'a look at a product older than a cart event',
      false,
      [visit(0), add(0.9, 'p1')],
      track(0.8, 'Product Viewed', {}),
    ],
  ])('is told from what does not: %s is %s', (_sentence, expected, history, input) => {
    expect(isLate(live(history, rules).customer, input, rules)).toBe(expected)
  })

  it('does not make the shop’s slightly older word late: a click has no place among what moves the customer', () => {
    const { customer } = live([visit(0), add(0.9, 'p1')], rules)
    expect(isLate(customer, address(0.8), rules)).toBe(false)
  })
})

describe('what is kept of carts', () => {
  it('is ten carts, those touched last', () => {
    const inputs = Array.from({ length: 12 }, (_, n) => add(n, 'p1', { cart_id: `c${n}` }))
    expect(cartsOf(inputs).map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `c${n + 2}`))
  })

  it('is a hundred lines, and none of endless length', () => {
    const products = Array.from({ length: 130 }, (_, n) => ({
      product_id: `p${n}`,
      variant: 'v'.repeat(999),
    }))
    const [cart] = cartsOf([view(0, products)])
    expect(cart?.lines).toHaveLength(100)
    expect(cart?.lines.at(-1)?.productId).toBe('p129')
    expect(cart?.lines[0]?.variant).toHaveLength(255)
  })

  it('is JSON that a customer from before carts can begin with', () => {
    const { carts: _carts, cartsMoved: _moved, ...before } = createCustomer('c1')
    const { customer } = step({ ...createCustomer('c1'), ...before }, add(0, 'p1'), rules)
    expect(JSON.parse(JSON.stringify(customer.carts))).toEqual(customer.carts)
  })
})
