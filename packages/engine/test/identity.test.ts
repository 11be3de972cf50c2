import { describe, expect, it } from 'vitest'
import { identitiesOf, normaliseEmail, type Identity, type Source } from '../src/index.ts'
import { eventInput, rules, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, confirm } from './support/story.ts'

describe('the key of an address', () => {
  const local64 = 'a'.repeat(64)
  it.each<[given: unknown, expected: string | undefined]>([
    ['ann@example.com', 'ann@example.com'],
    [' Ann@Example.COM\n', 'ann@example.com'],
    ['ann+tag@mail.example.co.uk', 'ann+tag@mail.example.co.uk'],
    ["o'hara!#$%&*/=?^_`{|}~-@example.com", "o'hara!#$%&*/=?^_`{|}~-@example.com"],
    ['józef@żółw.pl', 'józef@żółw.pl'],
    ['a@xn--w-uga1v8h.pl', 'a@xn--w-uga1v8h.pl'],
    [`${local64}@example.com`, `${local64}@example.com`],
    ['ana@col·lecció.cat', 'ana@col·lecció.cat'],
    ['ana@हिन्दी.भारत', 'ana@हिन्दी.भारत'],
    ['ana@my_shop.example', 'ana@my_shop.example'],
    // Not addresses.
    ['', undefined],
    ['ann%example.com@example.com\uFFFD', undefined],
    ['ann@exa\uFFFDmple.com', undefined],
    ['an\uFFFDn@example.com', undefined],
    ['ann@example.com/bob', undefined],
    ['ann@example.com%bob', undefined],
    ['ann@exam!ple.com', undefined],
    ['ann@example.com\u202Emoc.elpmaxe', undefined],
    ['ann', undefined],
    ['@example.com', undefined],
    ['ann@', undefined],
    ['ann@localhost', undefined],
    ['ann@.com', undefined],
    ['ann@example.', undefined],
    ['ann@example..com', undefined],
    ['ann@ex ample.com', undefined],
    ['an n@example.com', undefined],
    ['ann@@example.com', undefined],
    ['ann@one@example.com', undefined],
    [`a${local64}@example.com`, undefined],
    [`ann@${'a.'.repeat(130)}com`, undefined],
    // Two recipients, or one with a name.
    ['ann@example.com,bob@example.com', undefined],
    ['ann@example.com;bob@example.com', undefined],
    ['ann@example.com bob@example.com', undefined],
    ['Ann <ann@example.com>', undefined],
    ['<ann@example.com>', undefined],
    ['friends:ann@example.com', undefined],
    ['ann(comment)@example.com', undefined],
    ['"ann b"@example.com', undefined],
    ['ann@[127.0.0.1]', undefined],
    // A header of its own.
    ['ann@example.com\r\nBcc: bob@example.com', undefined],
    ['ann@example.com\nBcc:bob@example.com', undefined],
    ['ann\r@example.com', undefined],
    ['ann\\@example.com', undefined],
    // Not even text.
    [undefined, undefined],
    [null, undefined],
    [7, undefined],
    [['ann@example.com'], undefined],
    [{ toString: () => 'ann@example.com' }, undefined],
  ])('of %j is %j', (given, expected) => {
    expect(normaliseEmail(given)).toBe(expected)
  })

  it.each([0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x20, 0x7f, 0x85, 0xa0, 0x2028])(
    'is none of what holds the character %i, wherever it stands',
    (code) => {
      const character = String.fromCodePoint(code)
      for (const place of [1, 3, 5, 11]) {
        const whole = 'ann@example.com'
        expect(normaliseEmail(whole.slice(0, place) + character + whole.slice(place))).toBeUndefined()
      }
    },
  )

  it('is found also in what would keep a careless expression busy for hours', () => {
    expect(normaliseEmail('a@'.repeat(100_000))).toBeUndefined()
    expect(normaliseEmail(`a@${'a.'.repeat(126)}`)).toBeUndefined()
  })
})

const email = (value: string): Identity => ({ kind: 'email', value })
const userId = (value: string): Identity => ({ kind: 'userId', value })
const anonymousId = (value: string): Identity => ({ kind: 'anonymousId', value })

describe('the identities of an event', () => {
  const full = { userId: 'u1', anonymousId: 'a1', traits: { email: 'Ann@Example.com' } }
  const proving: Source[] = ['secret', 'own', 'import']
  it.each(proving)('are all proven by a source that is %s', (source) => {
    expect(identitiesOf(eventInput({ day: 0, source, ...full }))).toEqual({
      proven: [userId('u1'), email('ann@example.com'), anonymousId('a1')],
      claims: [],
    })
  })

  it.each<[sentence: string, sketch: Omit<EventSketch, 'day'>, proven: Identity[], claims: Identity[]]>([
    [
      'claims, apart from the browser itself',
      full,
      [anonymousId('a1')],
      [userId('u1'), email('ann@example.com')],
    ],
    ['nothing more than the browser, for most page views', { anonymousId: 'a1' }, [anonymousId('a1')], []],
    [
      'an identity made of the claimed userId, without a browser’s own',
      { userId: 'u1', traits: { email: 'ann@example.com' } },
      [anonymousId('claim:userId:u1')],
      [userId('u1'), email('ann@example.com')],
    ],
    [
      'an identity made of the claimed address, without even a userId',
      { traits: { email: 'ann@example.com' } },
      [anonymousId('claim:email:ann@example.com')],
      [email('ann@example.com')],
    ],
    ['none where nothing is named', {}, [], []],
    ['none of an alias', { type: 'alias', anonymousId: 'a1', previousId: 'a0' }, [anonymousId('a1')], []],
  ])('of a browser are %s', (_sentence, sketch, proven, claims) => {
    expect(identitiesOf(eventInput({ day: 0, source: 'public', ...sketch }))).toEqual({ proven, claims })
  })

  it.each<[sentence: string, sketch: Omit<EventSketch, 'day'>, proven: Identity[]]>([
    [
      'the address that a sign-up names',
      { name: 'Subscribed', properties: { email: 'a@b.cd' } },
      [email('a@b.cd')],
    ],
    [
      'the address that an order names',
      { name: 'Order Completed', properties: { email: 'a@b.cd' } },
      [email('a@b.cd')],
    ],
    ['no address of a friend', { name: 'Referral Made', properties: { email: 'a@b.cd' } }, []],
    [
      'an address among the context’s traits',
      { context: { traits: { email: 'a@b.cd' } } },
      [email('a@b.cd')],
    ],
    [
      'the traits’ address before the others',
      {
        name: 'Subscribed',
        traits: { email: 'one@b.cd' },
        properties: { email: 'two@b.cd' },
        context: { traits: { email: 'three@b.cd' } },
      },
      [email('one@b.cd')],
    ],
    [
      'the first that is an address',
      { name: 'Subscribed', traits: { email: 'one' }, properties: { email: 'two@b.cd' } },
      [email('two@b.cd')],
    ],
    ['no address that is two', { traits: { email: 'a@b.cd,e@f.gh' } }, []],
    ['nothing of traits that are none', { context: { traits: 'a@b.cd' } }, []],
    [
      'of an alias also the id that it replaces',
      { type: 'alias', userId: 'u1', previousId: 'a0' },
      [userId('u1'), anonymousId('a0')],
    ],
    ['of any other call no previous id', { userId: 'u1', previousId: 'a0' }, [userId('u1')]],
  ])('of a server are %s', (_sentence, sketch, proven) => {
    expect(identitiesOf(eventInput({ day: 0, ...sketch }))).toEqual({ proven, claims: [] })
  })
})

describe('what a customer is known by', () => {
  const claim = (day: number, sketch: Omit<EventSketch, 'day'>) =>
    eventInput({ day, source: 'public', type: 'identify', anonymousId: 'a1', ...sketch })

  it('is what was proven, and the claims beside it', () => {
    const { customer } = live([claim(0, { userId: 'u1', traits: { email: 'Claimed@Example.com' } })], rules)
    expect(customer).toMatchObject({
      email: null,
      userId: null,
      claims: { userId: 'u1', email: 'claimed@example.com' },
    })
  })

  it.each([
    ['the same address', 'ann@example.com'],
    ['another address', 'other@example.com'],
  ])('loses its claims when they are proven or displaced: %s', (_sentence, proven) => {
    const inputs = [claim(0, { userId: 'u1', traits: { email: 'ann@example.com' } }), address(1, proven)]
    expect(live(inputs, rules).customer).toMatchObject({ email: proven, userId: 'u1', claims: {} })
  })

  it('takes a claimed address also beside a proven one, but no claimed userId', () => {
    const inputs = [address(0), claim(1, { userId: 'u2', traits: { email: 'new@example.com' } })]
    const { customer } = live(inputs, rules)
    expect(customer).toMatchObject({
      userId: 'u1',
      email: 'ann@example.com',
      claims: { email: 'new@example.com' },
    })
  })

  it('takes the address that was confirmed', () => {
    const { customer } = live([address(0), confirm(1, 'new@example.com')], rules)
    expect(customer.email).toBe('new@example.com')
  })
})
