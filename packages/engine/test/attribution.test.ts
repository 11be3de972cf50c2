import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditOrders, type MailClick } from '../src/insight/attribution.ts'

const click = (at: number, id = `c${at}`, isHuman = true) => ({ id, at, isHuman })
const order = (at: number, id = `o${at}`) => ({ id, at })
const credits = (clicks: readonly MailClick[], orders: readonly { id: string; at: number }[]) =>
  Object.fromEntries(creditOrders(clicks, orders, 5).map((credit) => [credit.order.id, credit.click.id]))

describe('an order is credited', () => {
  it.each<[string, MailClick[], { id: string; at: number }[], Record<string, string>]>([
    ['to the last click before it', [click(1), click(3), click(9)], [order(4)], { o4: 'c3' }],
    ['to a click at the same instant', [click(4)], [order(4)], { o4: 'c4' }],
    ['to a click just within the window', [click(0)], [order(5)], { o5: 'c0' }],
    ['to none when the window is over', [click(0)], [order(6)], {}],
    ['to none when nobody clicked before', [click(7)], [order(6)], {}],
    ['never to a scanner', [click(1), click(3, 'scanner', false)], [order(4)], { o4: 'c1' }],
    ['with others to the same click', [click(1)], [order(2), order(3)], { o2: 'c1', o3: 'c1' }],
    ['once, however often it is told', [click(1)], [order(2), order(2)], { o2: 'c1' }],
    ['whatever order they come in', [click(5), click(1)], [order(6), order(2)], { o2: 'c1', o6: 'c5' }],
    [
      'to the click with the greater id of two at once',
      [click(1, 'b'), click(1, 'a')],
      [order(2)],
      { o2: 'b' },
    ],
  ])('%s', (_, clicks, orders, expected) => {
    expect(credits(clicks, orders)).toEqual(expected)
    expect(creditOrders(clicks, orders, 5)).toHaveLength(Object.keys(expected).length)
  })

  it('as looking through all clicks for each order says', () => {
    const clicks = fc.uniqueArray(fc.record({ at: fc.nat(30), isHuman: fc.boolean() }), {
      selector: ({ at }) => at,
    })
    fc.assert(
      fc.property(clicks, fc.uniqueArray(fc.nat(30)), (clicked, times) => {
        const all = clicked.map((one) => ({ ...one, id: `c${one.at}` }))
        const expected: Record<string, string> = {}
        for (const at of times) {
          const found = all
            .filter((one) => one.isHuman && one.at <= at && at <= one.at + 5)
            .toSorted((one, other) => other.at - one.at)[0]
          if (found) expected[`o${at}`] = found.id
        }
        expect(
          credits(
            all,
            times.map((at) => order(at)),
          ),
        ).toEqual(expected)
      }),
    )
  })
})
