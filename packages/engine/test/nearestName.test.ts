import { describe, expect, it } from 'vitest'
import { nearestName } from '../src/nearestName.ts'

const NAMES = ['template', 'purpose', 'timeout', 'to', 'onTimeout', 'Order Completed']

describe('the name that was probably meant', () => {
  it.each([
    ['tempalte', 'template'],
    ['Template', 'template'],
    ['template', 'template'],
    ['templat', 'template'],
    ['timeot', 'timeout'],
    ['ontimeout', 'onTimeout'],
    ['t', 'to'],
    ['order_complete', 'Order Completed'],
    ['weather', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ])('of %j is %j', (given, expected) => {
    expect(nearestName(given, NAMES)).toBe(expected)
  })
})
