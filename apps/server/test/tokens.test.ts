import { describe, expect, it } from 'vitest'
import { createMailLinks } from '../src/mail/mailLinks.ts'
import { createTokens, type Tokens } from '../src/tokens.ts'

const tokens = createTokens('a secret of the tests, long enough')
const payload = { w: 'shop', m: 'welcome/customer/event/mail/1' }
const mail = '019a0c5e1f3b7d2e4f60718293a4b5c6d7e8f901'

describe('a signed token', () => {
  it('gives back what was signed', () => {
    expect(tokens.verify('unsubscribe', tokens.sign('unsubscribe', payload))).toEqual(payload)
    expect(
      tokens.verify('click', tokens.sign('click', { mail, u: 'https://sklep.example/kawa-żółta' })),
    ).toEqual({ mail, u: 'https://sklep.example/kawa-żółta' })
    expect(tokens.verify('open', tokens.sign('open', { mail }))).toEqual({ mail })
    const x = Date.UTC(2026, 0, 1)
    expect(tokens.verify('confirm', tokens.sign('confirm', { mail, x }))).toEqual({ mail, x })
    expect(tokens.verify('local', tokens.sign('local', { x, d: 'here' }))).toEqual({ x, d: 'here' })
  })

  it.each([
    ['by workspace and id', { ...payload, u: 'https://shop.example/' }],
    ['by the id of the mail', { mail, u: 'https://shop.example/' }],
  ])('is nothing when any single character of it is another: %s', (_how, click) => {
    const token = tokens.sign('click', click)
    for (let index = 0; index < token.length; index += 1) {
      for (const other of ['A', 'b', '_', '.', '=']) {
        if (token[index] === other) continue
        const changed = token.slice(0, index) + other + token.slice(index + 1)
        expect([index, other, tokens.verify('click', changed)]).toEqual([index, other, undefined])
      }
    }
  })

  it('is nothing when it is cut, lengthened or repeated', () => {
    for (const given of [payload, { mail }]) {
      const token = tokens.sign('open', given)
      const wrong = ['', '.', token.slice(0, -1), `${token}A`, `${token}.${token}`, token.split('.')[0] ?? '']
      expect(wrong.map((one) => tokens.verify('open', one))).toEqual(wrong.map(() => undefined))
    }
  })

  it('is nothing for another kind of link, and nothing to who has another secret', () => {
    const token = tokens.sign('open', { mail })
    expect(tokens.verify('unsubscribe', token)).toBeUndefined()
    expect(createTokens('another secret of the tests, as long').verify('open', token)).toBeUndefined()
  })

  it('is short: what names the message takes 51 characters', () => {
    expect(tokens.sign('unsubscribe', { mail })).toMatch(/^[\w-]{28}\.[\w-]{22}$/)
    expect(tokens.sign('click', { mail, u: 'https://luna.example/' })).toMatch(/^[\w-]{56}\.[\w-]{22}$/)
  })
})

describe('the links of a message', () => {
  /** How often something was signed. */
  let signed = 0
  const counting: Tokens = {
    verify: (kind, given) => tokens.verify(kind, given),
    sign: (kind, given) => {
      signed += 1
      return tokens.sign(kind, given)
    },
  }
  const linksOf = createMailLinks({
    tokens: counting,
    publicUrl: () => 'https://ciclo.example',
  })
  const message = {
    workspaceId: 'shop',
    id: 'm1',
    mailId: mail,
    purpose: 'marketing' as const,
    createdAt: 5_000,
  }
  const settings = { optInExpiry: 1_000, openTracking: 'full' as const }

  it('are made when somebody asks for them, each once', () => {
    signed = 0
    const { urls, link } = linksOf(message, settings)
    expect(signed).toBe(0)
    expect(urls.unsubscribe).toMatch(/^https:\/\/ciclo\.example\/u\/[\w-]+\.[\w-]+$/)
    expect(urls.unsubscribe).toBe(urls.unsubscribe)
    expect(link('https://luna.example/')).toMatch(/^https:\/\/ciclo\.example\/c\//)
    expect(signed).toBe(2)
  })

  it('confirm until a time that is the message’s, however late they are made again', () => {
    const { urls } = linksOf({ ...message, purpose: 'transactional' }, settings)
    const token = urls.confirm?.split('/').at(-1) ?? ''
    expect(tokens.verify('confirm', token)).toEqual({ mail, x: 6_000 })
  })

  it('of the mail as a page lead nowhere but off the list, and to its question', () => {
    const sharedOf = (purpose: 'marketing' | 'transactional') =>
      linksOf({ ...message, purpose }, settings).shared
    expect(Object.keys(sharedOf('marketing')).toSorted()).toEqual(['survey', 'unsubscribe'])
    expect(sharedOf('marketing').unsubscribe).toMatch(/^https:\/\/ciclo\.example\/l\//)
    expect(Object.keys(sharedOf('transactional'))).toEqual(['survey'])
  })

  it('have a pixel only where opened mails are counted, and a confirmation only where it is no advertising', () => {
    const namesOf = (purpose: 'marketing' | 'transactional', openTracking: 'off' | 'last-open' | 'full') =>
      Object.keys(linksOf({ ...message, purpose }, { ...settings, openTracking }).urls).toSorted()
    const marketing = ['preferences', 'survey', 'unsubscribe', 'viewInBrowser']
    expect(namesOf('marketing', 'off')).toEqual(marketing)
    expect(namesOf('marketing', 'last-open')).toEqual(['open', ...marketing])
    expect(namesOf('marketing', 'full')).toEqual(['open', ...marketing])
    expect(namesOf('transactional', 'full')).toEqual(['confirm', 'survey', 'viewInBrowser'])
  })
})
