import { createCustomer, type EventInput } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { createLateGuard } from '../src/ingest/lateGuard.ts'

const NOW = Date.UTC(2026, 0, 1)
const customer = { ...createCustomer('c1'), moved: { at: NOW - 1_000, id: 'm' } }
const late = (source: EventInput['source']): EventInput => ({
  kind: 'event',
  id: 'late',
  at: NOW - 9_000_000,
  receivedAt: NOW,
  source,
  event: { type: 'page', properties: {}, traits: {}, context: {} },
})

describe('late events', () => {
  it('of a browser are put into their place 30 times, then count as just after what is known', () => {
    const guard = createLateGuard(() => NOW)
    const input = late('public')
    for (let told = 0; told < 30; told += 1) expect(guard.admit(customer, input)).toBe(input)
    expect(guard.admit(customer, input)).toEqual({ ...input, at: NOW - 999 })
    expect(guard.admit({ ...customer, id: 'c2' }, input)).toBe(input)
  })

  it('of a browser beyond its share come after the version of the rules that was looked at last', () => {
    const guard = createLateGuard(() => NOW)
    const input = late('public')
    const judged = { ...customer, rulesUntil: NOW - 500 }
    for (let told = 0; told < 30; told += 1) guard.admit(judged, input)
    expect(guard.admit(judged, input)).toEqual({ ...input, at: NOW - 499 })
  })

  it('of a browser are put into their place again a minute later', () => {
    let now = NOW
    const guard = createLateGuard(() => now)
    const input = late('public')
    for (let told = 0; told < 31; told += 1) guard.admit(customer, input)
    now += 60_000
    expect(guard.admit(customer, input)).toBe(input)
  })

  it.each(['secret', 'import', 'own'] as const)('of source %s are always put into their place', (source) => {
    const guard = createLateGuard(() => NOW)
    const input = late(source)
    for (let told = 0; told < 100; told += 1) expect(guard.admit(customer, input)).toBe(input)
  })

  it('that answer for consent keep their places when others have none left', () => {
    const guard = createLateGuard(() => NOW)
    for (let told = 0; told < 31; told += 1) guard.admit(customer, late('public'))
    const input = late('public')
    const answer: EventInput = {
      ...input,
      event: { ...input.event, type: 'track', name: 'Consent Given', properties: { purpose: 'tracking' } },
    }
    expect(guard.admit(customer, answer)).toBe(answer)
  })
})
