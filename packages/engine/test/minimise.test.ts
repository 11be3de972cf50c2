import { describe, expect, it } from 'vitest'
import { minimise } from '../src/prediction/minimise.ts'

const options = { size: 0.5, tolerance: 1e-12, mostEvaluations: 5_000 }

type Numbers = readonly number[]
const at = (point: Numbers, axis: number) => point[axis] as number

describe('the lowest point of a function', () => {
  it.each<[what: string, cost: (point: Numbers) => number, start: Numbers, expected: Numbers]>([
    [
      'Rosenbrock’s valley',
      (point) => 100 * (at(point, 1) - at(point, 0) ** 2) ** 2 + (1 - at(point, 0)) ** 2,
      [-1.2, 1],
      [1, 1],
    ],
    [
      'four numbers of very different weight',
      (point) => point.reduce((sum, value, axis) => sum + 100 ** axis * (value - axis) ** 2, 0),
      [9, 9, 9, 9],
      [0, 1, 2, 3],
    ],
    ['a kink', (point) => Math.abs(at(point, 0) - 3) + Math.abs(at(point, 1)), [10, 10], [3, 0]],
  ])('is found: %s', (_, cost, start, expected) => {
    const { point, value } = minimise(cost, start, options)
    for (const [axis, coordinate] of expected.entries()) expect(point[axis]).toBeCloseTo(coordinate, 3)
    expect(value).toBe(cost(point))
  })

  it('is the lowest one seen, where it may not ask often enough', () => {
    let lowest = Infinity
    const cost = ([x, y]: Numbers) => {
      const value = (x as number) ** 2 + (y as number) ** 2
      lowest = Math.min(lowest, value)
      return value
    }
    const { value, evaluations } = minimise(cost, [8, -5], { ...options, mostEvaluations: 40 })
    expect(value).toBe(lowest)
    expect(evaluations).toBeLessThan(50)
    expect(value).toBeGreaterThan(0)
  })
})
