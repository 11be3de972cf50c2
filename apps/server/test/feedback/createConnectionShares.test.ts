import { expect, it } from 'vitest'
import { createConnectionShares } from '../../src/feedback/createConnectionShares.ts'

it('One network does not take the connections of all others', () => {
  const shares = createConnectionShares(2)
  expect(shares.open('1', '203.0.113.1')).toBe(true)
  expect(shares.open('2', '::ffff:203.0.113.2')).toBe(true)
  expect(shares.open('3', '203.0.113.3')).toBe(false)
  expect(shares.open('4', '198.51.100.1')).toBe(true)
  for (const id of ['5', '6']) expect(shares.open(id, `2001:db8:1:${id}::1`)).toBe(true)
  expect(shares.open('7', '2001:db8:1:7::1')).toBe(false)
  // What was refused has taken no place, and what is closed gives one back.
  shares.close('3')
  expect(shares.open('8', '203.0.113.8')).toBe(false)
  shares.close('1')
  expect(shares.open('9', '203.0.113.9')).toBe(true)
})

it.each(['127.0.0.1', '::1', '10.0.0.5', 'fd00::5'])(
  'A mail server before Ciclo has no share: %s',
  (address) => {
    const shares = createConnectionShares(1)
    for (const id of ['1', '2', '3']) expect(shares.open(id, address)).toBe(true)
  },
)
