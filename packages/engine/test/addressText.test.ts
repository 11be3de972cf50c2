import { expect, it } from 'vitest'
import { addressText } from '../src/journeys/addressText.ts'
import { runFactsOf } from '../src/journeys/runFacts.ts'
import { SettingsSchema } from '../src/settings.ts'
import type { EventInput } from '../src/input.ts'

it.each([
  [
    { name: 'Ana García', line1: 'Calle Mayor 1', postal_code: '28013', city: 'Madrid', country: 'ES' },
    'Ana García\nCalle Mayor 1\n28013 Madrid\nES',
  ],
  [
    {
      first_name: 'Jan',
      last_name: 'Kowalski',
      company: 'X',
      address1: 'Długa 5',
      address2: 'm. 3',
      zip: '00-238',
    },
    'Jan Kowalski\nX\nDługa 5\nm. 3\n00-238',
  ],
  [{ firstName: 'Ion', street: 'Str. Lungă\r\nBcc: x', region: 'Cluj' }, 'Ion\nStr. Lungă Bcc: x\nCluj'],
  [{ line1: 7, city: ['x'], country: '  ' }, undefined],
  ['Calle Mayor 1', undefined],
  [['Calle'], undefined],
  [null, undefined],
])('%j is written as it stands on a parcel', (address, text) => {
  expect(addressText(address)).toBe(text)
})

it('is never longer than a mail can show', () => {
  const long = Object.fromEntries(
    ['name', 'line1', 'line2', 'city', 'region'].map((key) => [key, 'x'.repeat(9_000)]),
  )
  expect(
    addressText(long)
      ?.split('\n')
      .map(({ length }) => length),
  ).toEqual([100, 100, 100, 100, 96])
})

it('is a fact of a run that the shop has started, and of no other', () => {
  const input = (source: EventInput['source'], shipping_address: unknown): EventInput => ({
    kind: 'event',
    id: 'e1',
    at: 0,
    receivedAt: 0,
    source,
    event: {
      type: 'track',
      name: 'Order Completed',
      properties: { order_id: '1', shipping_address },
      traits: {},
      context: {},
    },
  })
  const factsOf = (...given: Parameters<typeof input>) =>
    runFactsOf(input(...given), SettingsSchema.parse({})).properties
  expect(factsOf('secret', { city: 'Madrid' })).toEqual({ order_id: '1', shipping_address: 'Madrid' })
  expect(factsOf('secret', 'Calle Mayor 1, Madrid')).toMatchObject({
    shipping_address: 'Calle Mayor 1, Madrid',
  })
  expect(factsOf('public', { city: 'Madrid' })).toEqual({})
})
