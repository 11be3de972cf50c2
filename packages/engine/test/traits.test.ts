import { describe, expect, it } from 'vitest'
import { createCustomer, rebuild, type EventInput } from '../src/index.ts'
import { eventInput, rules, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'

const identify = (day: number, traits: Record<string, unknown>, more: Partial<EventSketch> = {}) =>
  eventInput({ day, type: 'identify', source: 'public', anonymousId: 'a1', traits, ...more })
const many = (count: number, prefix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index]))
const traitsAfter = (inputs: EventInput[]) => live(inputs, rules).customer.traits

describe('the traits that a browser may give its customer', () => {
  it('are 200, and those that were there first stay and may still change', () => {
    const traits = traitsAfter([
      identify(0, many(150, 'a')),
      identify(1, many(150, 'b')),
      identify(2, { a0: 'changed', c: 1 }),
    ])
    expect(Object.keys(traits)).toHaveLength(200)
    expect(traits).toMatchObject({ a0: 'changed', a149: 149, b49: 49 })
    expect(traits).not.toHaveProperty('b50')
    expect(traits).not.toHaveProperty('c')
  })

  it('are vouched for only where they are kept, so that no names pile up', () => {
    const proven = (day: number, prefix: string) => {
      const input = identify(day, many(150, prefix))
      return { ...input, event: { ...input.event, proof: { userId: 'u1' } } }
    }
    const { customer } = live([proven(0, 'a'), proven(1, 'b'), proven(2, 'c')], rules)
    expect(customer.vouchedTraits).toHaveLength(200)
    expect(new Set(customer.vouchedTraits)).toEqual(new Set(Object.keys(customer.traits)))
  })

  it('are 32 KB of JSON in all, and what makes them smaller always passes', () => {
    const large = (length: number) => 'x'.repeat(length)
    const first = [1, 2, 3, 4].map((day) => identify(day, { [`t${day}`]: large(8_000) }))
    expect(Object.keys(traitsAfter([...first, identify(5, { t5: large(2_000) })]))).toEqual([
      't1',
      't2',
      't3',
      't4',
    ])
    const after = traitsAfter([
      ...first,
      identify(5, { t1: large(9_000), t6: 'fits' }),
      identify(6, { t1: 'small' }),
      identify(7, { t5: large(2_000) }),
    ])
    expect(after).toMatchObject({ t1: 'small', t5: large(2_000), t6: 'fits' })
    expect(JSON.stringify(after).length).toBeLessThan(32 * 1024)
  })

  it('stay small, however often a browser tries', () => {
    const flood = Array.from({ length: 300 }, (_, day) => identify(day, many(50, `flood-${day}-`)))
    expect(JSON.stringify(traitsAfter(flood)).length).toBeLessThan(32 * 1024)
  })

  it('are not the limit of what the shop’s own server says', () => {
    const traits = traitsAfter([
      identify(0, many(300, 'a'), { source: 'secret', userId: 'u1' }),
      identify(1, { large: 'x'.repeat(40_000) }, { source: 'secret', userId: 'u1' }),
    ])
    expect(Object.keys(traits)).toHaveLength(301)
  })

  it('are the same when they are told late and when they are replayed', () => {
    const told = [identify(3, many(150, 'c')), identify(1, many(150, 'a')), identify(2, many(150, 'b'))]
    const lived = live(told, rules).customer
    const replayed = rebuild(createCustomer('c1'), told, rules, new Set()).customer
    expect(Object.keys(lived.traits)).toEqual(Object.keys({ ...many(150, 'a'), ...many(50, 'b') }))
    expect(replayed.traits).toEqual(lived.traits)
  })
})

describe('a bot', () => {
  const visits = (bot: boolean): EventInput[] =>
    (['page', 'screen', 'track'] as const).map((type, day) => {
      const input = eventInput({ day, type, name: 'Product Viewed', source: 'public', anonymousId: 'a1' })
      return { ...input, event: { ...input.event, ...(bot ? { bot: true } : {}) } }
    })

  it('is no visit and warms nobody, lived through and replayed', () => {
    const lived = live(visits(true), rules)
    expect(lived.transitions).toEqual([])
    expect(lived.customer.lifecycle.value.engagement).toBe('unknown')
    expect(rebuild(createCustomer('c1'), visits(true), rules, new Set()).transitions).toEqual([])
    // The same without the mark is a visit.
    expect(live(visits(false), rules).customer.lifecycle.value.engagement).toBe('warm')
  })

  it('does not put off the day on which silence makes a customer cold', () => {
    const [visit] = visits(false)
    const crawled = visits(true).map((input) => ({ ...input, at: input.at + 86_400_000 * 60 }))
    const { engagedAt } = live([visit!, ...crawled], rules).customer.lifecycle.context
    expect(engagedAt).toBe(visit!.at)
  })
})
