import { expect, it } from 'vitest'
import { createSeal } from '../../src/sending/createSeal.ts'

const SECRET = 'a secret of the tests, long enough'

it('what is sealed is opened by the same secret at the same place, and looks different each time', () => {
  const seal = createSeal(SECRET)
  const [one, other] = [seal.close('pässword', 'a'), seal.close('pässword', 'a')]
  expect(one).not.toBe(other)
  expect(one).not.toContain('word')
  expect([one, other].map((sealed) => createSeal(SECRET).open(sealed, 'a'))).toEqual(['pässword', 'pässword'])
  expect(seal.open(seal.close('', 'a'), 'a')).toBe('')
})

it('nothing else opens it', () => {
  const seal = createSeal(SECRET)
  const sealed = seal.close('password', 'a')
  expect(createSeal(`${SECRET}!`).open(sealed, 'a')).toBeUndefined()
  expect(seal.open(sealed, 'b')).toBeUndefined()
  expect(seal.open('', 'a')).toBeUndefined()
  expect(seal.open('v1.', 'a')).toBeUndefined()
  expect(seal.open(sealed.replace('v1', 'v2'), 'a')).toBeUndefined()
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(seal.open(`v1.${changed.toString('base64url')}`, 'a')).toBeUndefined()
  }
})
