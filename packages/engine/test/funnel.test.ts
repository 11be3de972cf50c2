import { describe, expect, it } from 'vitest'
import {
  createFunnel,
  FUNNEL_STEPS,
  funnelStepOf,
  type FunnelMoment,
  type FunnelStep,
} from '../src/insight/funnel.ts'

const funnelOf = (customers: readonly (readonly FunnelMoment[])[]) => {
  const funnel = createFunnel()
  for (const moments of customers) funnel.add(moments)
  return funnel.figures()
}

/** One customer's steps, each at its own time. */
const customer = (...steps: FunnelStep[]): FunnelMoment[] => steps.map((step, at) => ({ step, at }))
const inOrder = (...customers: (readonly FunnelMoment[])[]) =>
  funnelOf(customers).map((figure) => figure.customers)
const atAll = (...customers: (readonly FunnelMoment[])[]) => funnelOf(customers).map((figure) => figure.atAll)

describe('the funnel', () => {
  it.each<[string, FunnelMoment[], number[], number[]]>([
    ['the whole way', customer('view', 'cart', 'checkout', 'paid'), [1, 1, 1, 1], [1, 1, 1, 1]],
    ['a step twice', customer('view', 'view', 'cart', 'cart'), [1, 1, 0, 0], [1, 1, 0, 0]],
    ['a step back', customer('cart', 'view', 'cart', 'checkout'), [1, 1, 1, 0], [1, 1, 1, 0]],
    ['the wrong way round', customer('cart', 'view'), [1, 0, 0, 0], [1, 1, 0, 0]],
    ['a step that was not seen', customer('view', 'checkout', 'paid'), [1, 0, 0, 0], [1, 0, 1, 1]],
    ['paid alone', customer('paid'), [0, 0, 0, 0], [0, 0, 0, 1]],
    ['nothing', [], [0, 0, 0, 0], [0, 0, 0, 0]],
    [
      'all at one instant, whatever order they come in',
      FUNNEL_STEPS.map((step) => ({ step, at: 1 })).toReversed(),
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ],
    [
      'in no order of arrival',
      [
        { step: 'cart', at: 2 },
        { step: 'view', at: 1 },
      ],
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ],
  ])('of one customer: %s', (_, moments, expected, expectedAtAll) => {
    expect(inOrder(moments)).toEqual(expected)
    expect(atAll(moments)).toEqual(expectedAtAll)
  })

  it('says what share went on and what share did not', () => {
    const customers = [
      ...Array.from({ length: 6 }, () => customer('view')),
      customer('view', 'cart'),
      customer('view', 'cart', 'checkout', 'paid'),
    ]
    const [view, cart, checkout, paid] = funnelOf(customers)
    expect(view).toMatchObject({ customers: 8, ofPrevious: { value: 1 }, dropOff: { value: 0 } })
    expect(cart).toMatchObject({
      customers: 2,
      ofPrevious: { value: 0.25, numerator: 2, denominator: 8 },
      dropOff: { value: 0.75, numerator: 6, denominator: 8 },
    })
    expect(checkout).toMatchObject({ customers: 1, ofPrevious: { value: 0.5 }, ofFirst: { value: 0.125 } })
    expect(paid).toMatchObject({ customers: 1, dropOff: { value: 0, numerator: 0, denominator: 1 } })
  })

  it('says so where there is not enough data', () => {
    for (const { ofPrevious, dropOff, ofFirst } of funnelOf([]))
      for (const share of [ofPrevious, dropOff, ofFirst])
        expect(share).toEqual({ value: null, word: 'not enough data yet', numerator: 0, denominator: 0 })
  })

  it.each([
    ['Product Viewed', 'view'],
    ['Viewed Product', 'view'],
    ['product_added', 'cart'],
    ['Checkout Started', 'checkout'],
    ['Payment Info Entered', 'checkout'],
    ['Order Completed', undefined],
    ['Product List Viewed', undefined],
    ['Something else', undefined],
  ])('%s is the step %s', (name, step) => {
    expect(funnelStepOf(name)).toBe(step)
  })
})
