import { describe, expect, it } from 'vitest'
import { createTokens } from '../src/tokens.ts'

const tokens = createTokens('a secret of the tests, long enough')
const payload = { w: 'shop', m: 'welcome/customer/event/mail/1' }

describe('a signed token', () => {
  it('gives back what was signed', () => {
    expect(tokens.verify('unsubscribe', tokens.sign('unsubscribe', payload))).toEqual(payload)
  })

  it('is nothing when any single character of it is another', () => {
    const token = tokens.sign('click', { ...payload, u: 'https://shop.example/' })
    for (let index = 0; index < token.length; index += 1) {
      for (const other of ['A', 'b', '_', '.', '=']) {
        if (token[index] === other) continue
        const changed = token.slice(0, index) + other + token.slice(index + 1)
        expect([index, other, tokens.verify('click', changed)]).toEqual([index, other, undefined])
      }
    }
  })

  it('is nothing when it is cut, lengthened or repeated', () => {
    const token = tokens.sign('open', payload)
    const wrong = ['', '.', token.slice(0, -1), `${token}A`, `${token}.${token}`, token.split('.')[0] ?? '']
    expect(wrong.map((one) => tokens.verify('open', one))).toEqual(wrong.map(() => undefined))
  })

  it('is nothing for another kind of link, and nothing to who has another secret', () => {
    const token = tokens.sign('open', payload)
    expect(tokens.verify('unsubscribe', token)).toBeUndefined()
    expect(createTokens('another secret of the tests, as long').verify('open', token)).toBeUndefined()
  })
})
