import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCustomer, rebuild, zoneOf, type EventInput } from '../src/index.ts'
import { timeZoneOf } from '../src/timeZone.ts'
import { check, runs, seed } from './support/histories.ts'
import { eventInput, order, rules, rulesWith, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'

const page = (day: number, timezone: unknown, more: Partial<EventSketch> = {}) =>
  eventInput({ day, type: 'page', source: 'public', anonymousId: 'a1', context: { timezone }, ...more })
const identify = (
  day: number,
  timezone: unknown,
  source: 'public' | 'secret',
  more: Partial<EventSketch> = {},
) => eventInput({ day, type: 'identify', source, userId: 'u1', traits: { timezone }, ...more })

const zoneAfter = (...inputs: EventInput[]) => {
  const { timeZone } = live(inputs, rules).customer
  return timeZone && `${timeZone.value} (${timeZone.from})`
}

describe('a customer’s time zone', () => {
  it.each<[sentence: string, inputs: EventInput[], expected: string | null]>([
    ['is what a visit says', [page(0, 'Europe/Warsaw')], 'Europe/Warsaw (page)'],
    ['is what a newer visit says', [page(0, 'Europe/Warsaw'), page(2, 'Asia/Tokyo')], 'Asia/Tokyo (page)'],
    [
      'stays where the later visit was the earlier one',
      [page(2, 'Asia/Tokyo'), page(0, 'Europe/Warsaw')],
      'Asia/Tokyo (page)',
    ],
    [
      'is what they say of themselves',
      [page(0, 'Asia/Tokyo'), identify(1, 'Europe/Warsaw', 'public')],
      'Europe/Warsaw (trait)',
    ],
    [
      'is not overruled by a visit',
      [identify(1, 'Europe/Warsaw', 'public'), page(3, 'Asia/Tokyo')],
      'Europe/Warsaw (trait)',
    ],
    [
      'is what the shop vouches for',
      [identify(1, 'Europe/Warsaw', 'public'), identify(2, 'UTC', 'secret')],
      'UTC (vouched)',
    ],
    [
      'is then not overruled by a browser',
      [identify(1, 'UTC', 'secret'), identify(2, 'Europe/Warsaw', 'public')],
      'UTC (vouched)',
    ],
    ['is known by its one name', [page(0, 'Europe/Belfast')], 'Europe/London (page)'],
    ['is not what there is not', [page(0, 'Europe/Atlantis')], null],
    ['is no offset, which knows no summer', [page(0, '+02:00')], null],
    ['is no number', [page(0, 2)], null],
    ['stays where nonsense follows', [page(0, 'UTC'), identify(1, 'here', 'secret')], 'UTC (page)'],
    [
      'is the context’s where the trait is nonsense',
      [identify(0, 'here', 'public', { context: { timezone: 'UTC' } })],
      'UTC (page)',
    ],
    [
      'is not learnt from what means nothing else',
      [eventInput({ day: 0, name: 'Something', context: { timezone: 'UTC' } })],
      null,
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(zoneAfter(...inputs)).toBe(expected)
  })

  it('is the shop’s where it is not known', () => {
    const { settings } = rulesWith({ shop: { timeZone: 'Europe/Madrid' } })
    const nobody = createCustomer('c1')
    expect(zoneOf(nobody, settings)).toBe('Europe/Madrid')
    expect(zoneOf({ ...nobody, timeZone: { value: 'Asia/Tokyo', from: 'page' } }, settings)).toBe(
      'Asia/Tokyo',
    )
  })

  it.each<[name: string, expected: string | undefined]>([
    ['Europe/Warsaw', 'Europe/Warsaw'],
    ['europe/warsaw', 'Europe/Warsaw'],
    ['America/Argentina/Buenos_Aires', timeZoneOf('America/Buenos_Aires')],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['', undefined],
    ['Z', undefined],
    ['constructor', undefined],
    [`Europe/${'x'.repeat(5_000)}`, undefined],
  ])('is called %j: %s', (name, expected) => {
    expect(timeZoneOf(name)).toBe(expected)
  })

  it('is told of thousands of names that are none', () => {
    for (let name = 0; name < 2_500; name += 1) expect(timeZoneOf(`Nowhere/Town${name}`)).toBeUndefined()
    expect(timeZoneOf('Europe/Warsaw')).toBe('Europe/Warsaw')
  })

  it(`is the same in a replay, in whichever order it was told (seed ${seed}, ${runs} runs)`, () => {
    const kinds = [
      page,
      (day: number, timezone: string, more: Partial<EventSketch>) =>
        page(day, timezone, { userId: 'u1', ...more }),
      (day: number, timezone: string, more: Partial<EventSketch>) => identify(day, timezone, 'public', more),
      (day: number, timezone: string, more: Partial<EventSketch>) => identify(day, timezone, 'secret', more),
      (day: number, timezone: string, more: Partial<EventSketch>) =>
        eventInput({ day, name: 'Something', userId: 'u1', context: { timezone }, ...more }),
      (day: number, timezone: string, more: Partial<EventSketch>) =>
        order(day, `o${day}`, 10, { context: { timezone }, ...more }),
    ]
    const arbitraryEvent = fc
      .record({
        kind: fc.constantFrom(...kinds),
        day: fc.integer({ min: 0, max: 12 }).map((quarter) => quarter / 4),
        zone: fc.constantFrom('UTC', 'Asia/Tokyo', 'Europe/Warsaw', 'none'),
        id: fc.string({ minLength: 1, maxLength: 2, unit: fc.constantFrom('a', 'b', 'c', 'd') }),
      })
      .map(({ kind, day, zone, id }) => kind(day, zone, { id }))
    const arbitraryEvents = fc.uniqueArray(arbitraryEvent, { maxLength: 6, selector: ({ id }) => id })
    check(
      fc.property(arbitraryEvents, (inputs) => {
        const replayed = rebuild(createCustomer('c1'), inputs, rules)
        expect(live(inputs, rules).customer.timeZone).toEqual(replayed.customer.timeZone)
      }),
    )
  })
})
