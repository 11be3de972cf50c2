import { describe, expect, it } from 'vitest'
import { ordersNeeded, type Input, type Source } from '../src/index.ts'
import { DAY, eventInput, order, rules, rulesWith, START } from './support/inputs.ts'
import { live } from './support/live.ts'
import { cancel, noise, refund } from './support/story.ts'

const completed = (properties: Record<string, unknown>, name = 'Order Completed', day = 0) =>
  eventInput({ day, name, userId: 'u1', properties })

const refundOf = (day: number, refundId: string, total?: number) =>
  completed(
    { order_id: 'o1', refund_id: refundId, ...(total === undefined ? {} : { total }) },
    'Order Refunded',
    day,
  )

const browserOrder = (day: number, orderId: string, total: number) =>
  order(day, orderId, total, { source: 'public', anonymousId: 'a1' })
const fromBrowser = { source: 'public', anonymousId: 'a1' } as const

const figures = (inputs: readonly Input[], settings = {}) =>
  live(inputs, rulesWith(settings)).customer.figures

describe('the amount of an order', () => {
  it.each<[sentence: string, properties: Record<string, unknown>, expected: Record<string, number>]>([
    ['its total', { total: 29.97, currency: 'USD' }, { USD: 2_997 }],
    ['its total before its revenue', { total: 30, revenue: 25 }, { EUR: 3_000 }],
    ['its revenue before its products', { revenue: 25, products: [{ price: 1 }] }, { EUR: 2_500 }],
    [
      'the sum of its products',
      { products: [{ price: 9.99, quantity: 3 }, { price: '0.03' }] },
      { EUR: 3_000 },
    ],
    [
      'the sum without products that have no price',
      { products: [{ price: 5 }, {}, null, 'x'] },
      { EUR: 500 },
    ],
    ['the sum with fractions of a quantity', { products: [{ price: 3.99, quantity: 0.5 }] }, { EUR: 200 }],
    ['0 where a total of nothing is stated', { total: 0, products: [{ price: 5 }] }, { EUR: 0 }],
    ['0 where nothing is stated', {}, { EUR: 0 }],
    ['0 rather than less', { total: -20 }, { EUR: 0 }],
    ['its revenue where the total is no amount', { total: 'free', revenue: 7 }, { EUR: 700 }],
    ['a total as text', { total: '29.97' }, { EUR: 2_997 }],
    ['yen without decimals', { total: 1_980, currency: 'JPY' }, { JPY: 1_980 }],
    ['dinars with three', { total: 19.5, currency: 'KWD' }, { KWD: 19_500 }],
    ['in a currency in small letters', { total: 5, currency: 'usd' }, { USD: 500 }],
    ['in the shop’s currency where none is stated', { total: 5, currency: '$' }, { EUR: 500 }],
    ['half a cent rounded up', { total: 1.005 }, { EUR: 101 }],
    [
      'its revenue where the total has a comma, which could mean two amounts',
      { total: '1.234,50', revenue: '7.00' },
      { EUR: 700 },
    ],
    [
      'the sum of its products where nothing else is an amount',
      { total: '€5', revenue: '1.234,50', products: [{ price: '4.50', quantity: '2' }] },
      { EUR: 900 },
    ],
    [
      'in a currency in mixed letters and with space around it',
      { total: 5, currency: ' Usd ' },
      { USD: 500 },
    ],
    ['dinars of Iraq with three decimals', { total: '19.505', currency: 'iqd' }, { IQD: 19_505 }],
    [
      'dinars of Serbia with two, though nobody writes them',
      { total: 199.5, currency: 'RSD' },
      { RSD: 19_950 },
    ],
    ['unidades de fomento with four', { total: 1.2345, currency: 'CLF' }, { CLF: 12_345 }],
    [
      'the sum of a list that PHP has made an object of',
      { products: { 0: { price: 5 }, 2: { price: 6 } } },
      { EUR: 1_100 },
    ],
    [
      'the sum of its products in the first version’s words',
      { products: [{ id: 'p', price: 5 }] },
      { EUR: 500 },
    ],
  ])('is %s', (_sentence, properties, expected) => {
    expect(figures([completed({ order_id: 'o1', ...properties })]).revenue).toEqual(expected)
  })
})

describe('the orders of a customer', () => {
  it('are counted and dated', () => {
    expect(
      figures([
        order(3, 'o1', 10),
        order(5, 'o2', 20, { properties: { order_id: 'o2', total: 20, currency: 'USD' } }),
      ]),
    ).toEqual({
      count: 2,
      orderDays: 2,
      positive: 2,
      revenue: { EUR: 1_000, USD: 2_000 },
      firstAt: START + 3 * DAY,
      lastAt: START + 5 * DAY,
    })
  })

  it.each<[sentence: string, inputs: Input[], count: number, revenue: Record<string, number>]>([
    [
      'an order is told under either name',
      [completed({ order_id: 'o1', total: 5 }, 'Completed Order'), completed({ order_id: 'o2', total: 6 })],
      2,
      { EUR: 1_100 },
    ],
    [
      'an order is one order, however often it is told',
      [order(0, 'o1', 5), order(1, 'o1', 5)],
      1,
      { EUR: 500 },
    ],
    [
      'an order_id longer than any order number is none',
      [
        completed({ order_id: 'x'.repeat(256), total: 5 }),
        completed({ order_id: 'x'.repeat(256), total: 5 }, 'Order Completed', 1),
      ],
      2,
      { EUR: 1_000 },
    ],
    [
      'an order_id may be a number',
      [completed({ order_id: 7, total: 5 }), completed({ order_id: '7', total: 5 }, 'Order Completed', 1)],
      1,
      { EUR: 500 },
    ],
    [
      'an order without an order_id is an order of its own',
      [completed({ total: 5 }), completed({ total: 5, order_id: '' }, 'Order Completed', 1)],
      2,
      { EUR: 1_000 },
    ],
    [
      'an order may have any name',
      ['constructor', '__proto__', 'toString'].flatMap((id, day) => [
        completed({ order_id: id, total: 5 }, 'Order Completed', day),
        completed({ order_id: id, total: 5 }, 'Order Completed', day + 0.5),
      ]),
      3,
      { EUR: 1_500 },
    ],
    [
      'an update corrects the total',
      [order(0, 'o1', 10), completed({ order_id: 'o1', total: 8 }, 'Order Updated', 1)],
      1,
      { EUR: 800 },
    ],
    [
      'an update without amounts changes none',
      [order(0, 'o1', 10), completed({ order_id: 'o1', products: [{ sku: 'x' }] }, 'Order Updated', 1)],
      1,
      { EUR: 1_000 },
    ],
    [
      'an update of an order not told before tells it',
      [completed({ order_id: 'o1', total: 8 }, 'Order Updated')],
      1,
      { EUR: 800 },
    ],
    [
      'an update may change the currency',
      [order(0, 'o1', 10), completed({ order_id: 'o1', total: 8, currency: 'USD' }, 'Order Updated', 1)],
      1,
      { EUR: 0, USD: 800 },
    ],
    ['a refund in part is taken off', [order(0, 'o1', 10), refund(1, 'o1', 2.5)], 1, { EUR: 750 }],
    ['refunds add up', [order(0, 'o1', 10), refund(1, 'o1', 2.5), refund(2, 'o1', 2.5)], 1, { EUR: 500 }],
    ['a refund without an amount is all of it', [order(0, 'o1', 10), refund(1, 'o1')], 1, { EUR: 0 }],
    [
      'a refund of more than the total is all of it',
      [order(0, 'o1', 10), refund(1, 'o1', 99)],
      1,
      { EUR: 0 },
    ],
    [
      'a refund written as a negative amount is a refund',
      [order(0, 'o1', 10), refund(1, 'o1', -4)],
      1,
      { EUR: 600 },
    ],
    [
      'a refund of some products is what they cost',
      [
        order(0, 'o1', 10),
        completed({ order_id: 'o1', products: [{ price: 1.5, quantity: 2 }] }, 'Order Refunded', 1),
      ],
      1,
      { EUR: 700 },
    ],
    [
      'a refund told twice under its refund_id counts once',
      [order(0, 'o1', 10), refundOf(1, 'r1', 4), refundOf(2, 'r1', 4)],
      1,
      { EUR: 600 },
    ],
    [
      'and with the amount that was told last',
      [order(0, 'o1', 10), refundOf(1, 'r1', 4), refundOf(2, 'r1', 3), refundOf(3, 'r1')],
      1,
      { EUR: 700 },
    ],
    [
      'refunds of several refund_ids, which may have any name, add up',
      [order(0, 'o1', 10), ...['r1', 'constructor', '__proto__'].map((id, day) => refundOf(day + 1, id, 2))],
      1,
      { EUR: 400 },
    ],
    [
      'no more than the total is refunded, and a total that is corrected later leaves what is more',
      [
        order(0, 'o1', 10),
        refundOf(1, 'r1', 8),
        refundOf(2, 'r2', 8),
        completed({ order_id: 'o1', total: 20 }, 'Order Updated', 3),
      ],
      1,
      { EUR: 400 },
    ],
    [
      'what an export says was given back in all is not added to the refunds that it came of',
      [order(0, 'o1', 10), refundOf(1, 'import', 5), refundOf(2, 'r1', 2), refundOf(3, 'r2', 3)],
      1,
      { EUR: 500 },
    ],
    [
      'what was given back since the export counts',
      [order(0, 'o1', 10), refundOf(1, 'import', 2), refundOf(2, 'r1', 2), refundOf(3, 'r2', 3)],
      1,
      { EUR: 500 },
    ],
    [
      'refunds that only the export knows count',
      [order(0, 'o1', 10), refundOf(1, 'r1', 2), refundOf(2, 'import', 6)],
      1,
      { EUR: 400 },
    ],
    [
      'what was given back in all stands by itself beyond fifty refunds, too',
      [
        order(0, 'o1', 100),
        ...Array.from({ length: 60 }, (_, n) => refundOf(1 + n, `r${n}`, 1)),
        refundOf(70, 'import', 60),
      ],
      1,
      { EUR: 4000 },
    ],
    [
      'beyond fifty refunds the others are one sum',
      [order(0, 'o1', 100), ...Array.from({ length: 60 }, (_, n) => refundOf(1 + n, `r${n}`, 1))],
      1,
      { EUR: 4_000 },
    ],
    [
      'a refund whose time is before its order’s waits for the order',
      [refund(0, 'o1', 4), order(1, 'o1', 10)],
      1,
      { EUR: 600 },
    ],
    [
      'in the currency that only the order names',
      [
        completed({ order_id: 'o1', total: 400 }, 'Order Refunded'),
        completed({ order_id: 'o1', total: 1_000, currency: 'JPY' }, 'Order Completed', 1),
      ],
      1,
      { JPY: 600 },
    ],
    ['and until then it is no order and no revenue', [refund(0, 'o1', 4)], 0, {}],
    [
      'a cancellation whose time is before its order’s cancels it',
      [cancel(0, 'o1'), order(1, 'o1', 10), order(2, 'o2', 5)],
      1,
      { EUR: 500 },
    ],
    [
      'an order goes by the same number in the first version’s words',
      [
        completed({ orderId: 'o1', total: 5 }, 'Completed Order'),
        completed({ order_id: 'o1', total: 6 }, 'Updated Order', 1),
      ],
      1,
      { EUR: 600 },
    ],
    [
      'an order is told in other case and signs',
      [
        completed({ order_id: 'o1', total: 5 }, 'order_completed'),
        completed({ order_id: 'o2', total: 6 }, 'orderCompleted', 1),
        completed({ order_id: 'o2', total: 2 }, 'order refunded', 2),
      ],
      2,
      { EUR: 900 },
    ],
    [
      'an order is cancelled in American, too',
      [order(0, 'o1', 10), completed({ order_id: 'o1' }, 'Order Canceled', 1)],
      0,
      {},
    ],
    [
      'a refund of another order takes nothing off',
      [order(0, 'o1', 10), refund(1, 'o9', 4)],
      1,
      { EUR: 1_000 },
    ],
    [
      'a refund told before its order is taken off',
      [refund(1, 'o1', 4), order(0, 'o1', 10)],
      1,
      { EUR: 600 },
    ],
    [
      'an update below what was refunded leaves nothing',
      [order(0, 'o1', 10), refund(1, 'o1', 8), completed({ order_id: 'o1', total: 5 }, 'Order Updated', 2)],
      1,
      { EUR: 0 },
    ],
    ['a cancelled order is none', [order(0, 'o1', 10), order(1, 'o2', 5), cancel(2, 'o1')], 1, { EUR: 500 }],
    ['a cancellation counts once', [order(0, 'o1', 10), cancel(1, 'o1'), cancel(2, 'o1')], 0, {}],
    ['a cancellation told before its order cancels it', [cancel(1, 'o1'), order(0, 'o1', 10)], 0, {}],
    [
      'a refund of a cancelled order changes nothing',
      [order(0, 'o1', 10), order(1, 'o2', 5), cancel(2, 'o2'), refund(3, 'o2', 5)],
      1,
      { EUR: 1_000 },
    ],
    [
      'an update of a cancelled order does not bring it back',
      [order(0, 'o1', 10), cancel(1, 'o1'), completed({ order_id: 'o1', total: 8 }, 'Order Updated', 2)],
      0,
      { EUR: 0 },
    ],
  ])('%s', (_sentence, inputs, count, revenue) => {
    expect(figures(inputs)).toMatchObject({ count, revenue })
    expect(Object.keys(figures(inputs).revenue)).toEqual(Object.keys(revenue))
  })

  it.each<[sentence: string, inputs: Input[], firstDay: number | null, lastDay: number | null]>([
    ['the first order cancelled', [order(1, 'o1'), order(5, 'o2'), cancel(6, 'o1')], 5, 5],
    ['the last order cancelled', [order(1, 'o1'), order(5, 'o2'), cancel(6, 'o2')], 1, 1],
    ['and then refunded', [order(1, 'o1'), order(5, 'o2'), cancel(6, 'o2'), refund(7, 'o2', 5)], 1, 1],
    ['the only order cancelled', [order(1, 'o1'), cancel(6, 'o1')], null, null],
    ['and then refunded in full', [order(1, 'o1'), cancel(6, 'o1'), refund(7, 'o1')], null, null],
  ])('are dated by those that remain: %s', (_sentence, inputs, firstDay, lastDay) => {
    const at = (day: number | null) => (day === null ? null : START + day * DAY)
    expect(figures(inputs)).toMatchObject({ firstAt: at(firstDay), lastAt: at(lastDay) })
  })
})

describe('whose word an order is', () => {
  const sources: [source: Source, revenue: Record<string, number>][] = [
    ['secret', { EUR: 1_000 }],
    ['own', { EUR: 1_000 }],
    ['import', { EUR: 1_000 }],
    ['public', { EUR: 0 }],
  ]
  it.each(sources)('of a source that is %s makes revenue %j', (source, revenue) => {
    expect(figures([order(0, 'o1', 10, { source, anonymousId: 'a1' })])).toMatchObject({ count: 1, revenue })
  })

  const forged: [sentence: string, inputs: Input[], count: number, cents: number][] = [
    ['a browser’s order is an order without revenue', [browserOrder(0, 'o1', 999)], 1, 0],
    ['the server’s word on it makes the revenue', [browserOrder(0, 'o1', 999), order(1, 'o1', 10)], 1, 1_000],
    [
      'the server’s word without an amount does not make the browser’s amount revenue',
      [browserOrder(0, 'o1', 999), completed({ order_id: 'o1' }, 'Order Completed', 1)],
      1,
      0,
    ],
    [
      'nor its currency that of the server’s amount',
      [
        order(0, 'o1', 1, { ...fromBrowser, properties: { order_id: 'o1', total: 1, currency: 'JPY' } }),
        completed({ order_id: 'o1', total: 10 }, 'Order Completed', 1),
      ],
      1,
      1_000,
    ],
    [
      'the browser’s word on the server’s order is nothing',
      [order(0, 'o1', 10), browserOrder(1, 'o1', 999)],
      1,
      1_000,
    ],
    [
      'a browser cannot refund or cancel what the server has told of',
      [order(0, 'o1', 10), refund(1, 'o1', 9, fromBrowser), cancel(2, 'o1', fromBrowser)],
      1,
      1_000,
    ],
    [
      'nor take it off beforehand',
      [
        browserOrder(0, 'o1', 10),
        refund(1, 'o1', 9, fromBrowser),
        cancel(2, 'o1', fromBrowser),
        order(3, 'o1', 10),
      ],
      1,
      1_000,
    ],
    ['the server can cancel what a browser told of', [browserOrder(0, 'o1', 10), cancel(1, 'o1')], 0, 0],
    [
      'and it stays cancelled when the server updates it',
      [
        browserOrder(0, 'o1', 10),
        cancel(1, 'o1'),
        completed({ order_id: 'o1', total: 10 }, 'Order Updated', 2),
      ],
      0,
      0,
    ],
    [
      'the server can refund what a browser told of, and tell the total later',
      [
        browserOrder(0, 'o1', 999),
        refund(1, 'o1', 4),
        completed({ order_id: 'o1', total: 10 }, 'Order Updated', 2),
      ],
      1,
      600,
    ],
    [
      'also when there was a second refund before the total came',
      [
        browserOrder(0, 'o1', 999),
        refund(1, 'o1', 4),
        refund(2, 'o1', 3),
        completed({ order_id: 'o1', total: 10 }, 'Order Updated', 3),
      ],
      1,
      300,
    ],
    [
      'a browser may tell of the order that the server has only refunded, and nothing about its money',
      [refund(0, 'o1', 4), browserOrder(1, 'o1', 999)],
      1,
      0,
    ],
    [
      'and then the server’s total counts with the server’s refund',
      [refund(0, 'o1', 4), browserOrder(1, 'o1', 999), order(2, 'o1', 10)],
      1,
      600,
    ],
    [
      'a refund that a browser tells before the server’s order takes nothing off',
      [refund(0, 'o1', 9, fromBrowser), cancel(0.5, 'o1', fromBrowser), order(1, 'o1', 10)],
      1,
      1_000,
    ],
    [
      'until then the refund is no revenue, nor a debt',
      [browserOrder(0, 'o1', 999), refund(1, 'o1', 4)],
      1,
      0,
    ],
  ]
  it.each(forged)('%s', (_sentence, inputs, count, cents) => {
    const { count: counted, revenue } = figures(inputs)
    expect([counted, revenue['EUR'] ?? 0]).toEqual([count, cents])
  })

  it.each<[sentence: string, inputs: Input[], cents: number]>([
    ['its orders are revenue', [browserOrder(0, 'o1', 10)], 1_000],
    ['its refunds count', [browserOrder(0, 'o1', 10), refund(1, 'o1', 4, fromBrowser)], 600],
    [
      'the server’s word without an amount leaves the amount',
      [browserOrder(0, 'o1', 10), completed({ order_id: 'o1' }, 'Order Completed', 1)],
      1_000,
    ],
    ['the server’s amount still wins', [browserOrder(0, 'o1', 999), order(1, 'o1', 10)], 1_000],
  ])('where a shop believes its browsers, %s', (_sentence, inputs, cents) => {
    expect(figures(inputs, { browserOrdersAreRevenue: true }).revenue).toEqual({ EUR: cents })
  })
})

describe('the orders that must be loaded', () => {
  it.each([
    ['none for what is no order', noise(0), { kind: 'none' }],
    ['the one that is told', order(0, 'o1'), { kind: 'one', id: 'o1' }],
    ['the one that is refunded', refund(0, 'o1'), { kind: 'one', id: 'o1' }],
    [
      'the one named by its message',
      completed({}, 'Completed Order'),
      { kind: 'one', id: expect.stringMatching(/^message:/) as string },
    ],
    ['all for a cancellation, which may take the first or last away', cancel(0, 'o1'), { kind: 'all' }],
    [
      'none for an order page',
      eventInput({ day: 0, type: 'page', name: 'Order Completed' }),
      { kind: 'none' },
    ],
    ['none for a name that every object has', noise(0, { name: 'constructor' }), { kind: 'none' }],
  ])('are %s', (_sentence, input, expected) => {
    expect(ordersNeeded(input)).toEqual(expected)
  })
})

describe('what is kept of an order', () => {
  const kept = (inputs: readonly Input[]) => live(inputs, rules).customer.orders['o1']

  it('is its discount and coupon, which what says nothing of them leaves', () => {
    const inputs = [
      completed({ order_id: 'o1', total: 5, discount: '1.50', coupon: 'SPRING' }),
      completed({ order_id: 'o1', total: 6 }, 'Order Updated', 1),
    ]
    expect(kept(inputs)).toMatchObject({ total: 600, discount: 150, coupon: 'SPRING' })
  })

  it('is the time of the order, not that of a refund that seems older', () => {
    expect(kept([refund(0, 'o1', 4), order(1, 'o1', 10)])).toMatchObject({ at: START + DAY, told: true })
  })

  it('is nothing that a browser said where the server has told of it', () => {
    const inputs = [
      completed({ order_id: 'o1', total: 5, coupon: 'REAL' }),
      order(1, 'o1', 1, { ...fromBrowser, properties: { order_id: 'o1', total: 1, coupon: 'FORGED' } }),
    ]
    expect(kept(inputs)).toMatchObject({ total: 500, coupon: 'REAL' })
  })
})

describe('an order told again', () => {
  it('changes nothing, not even the customer’s place in time', () => {
    const { customer } = live([order(0, 'o1', 10)], rules)
    const again = live([order(1, 'o1', 10)], rules, customer)
    expect(again.transitions).toEqual([])
    const { moved, cartsMoved } = customer
    expect({ ...again.customer, moved, cartsMoved }).toEqual(customer)
  })
})
