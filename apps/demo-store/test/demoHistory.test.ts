import { describe, expect, it } from 'vitest'
import { demoHistory } from '../src/demoHistory.ts'

const NOW = Date.UTC(2026, 5, 1)
const history = (seed: number, customers = 200) =>
  demoHistory({ now: NOW, customers, seed, shopUrl: 'https://shop.example/demo' })

describe('The history of the demo', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(history(1)).toEqual(history(1))
    expect(history(2)).not.toEqual(history(1))
  })

  it('is told in its order, each thing once, and ends now', () => {
    const events = history(1)
    const times = events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(times.at(-1)).toBeLessThan(NOW)
    expect(times[0]).toBeGreaterThan(NOW - 366 * 86_400_000)
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length)
  })

  it('has nobody’s real address in it, and each of its own once', () => {
    const addresses = history(1).flatMap(({ type, traits }) => (type === 'identify' ? [traits['email']] : []))
    expect(addresses).toHaveLength(200)
    expect(new Set(addresses).size).toBe(200)
    for (const address of addresses) expect(address).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/)
  })

  it('has orders that come to what their lines come to', () => {
    const orders = history(1).filter(({ name }) => name === 'Order Completed')
    expect(orders.length).toBeGreaterThan(300)
    for (const { properties } of orders) {
      const lines = properties['products'] as { price: number; quantity: number }[]
      const cents = lines.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0)
      expect(Number(properties['total'])).toBe(cents / 100)
    }
  })

  it('has those who come back, who came once, who only look, and who want no more mail', () => {
    const events = history(1)
    const orders = Map.groupBy(
      events.filter(({ name }) => name === 'Order Completed'),
      ({ userId }) => userId,
    )
    const counts = [...orders.values()].map(({ length }) => length)
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(20)
    expect(counts.filter((count) => count > 3).length).toBeGreaterThan(40)
    expect(200 - orders.size).toBeGreaterThan(10)
    expect(events.filter(({ name }) => name === 'Unsubscribed').length).toBeGreaterThan(3)
  })
})
