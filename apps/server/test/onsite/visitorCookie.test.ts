import { describe, expect, it } from 'vitest'
import { visitorCookie } from '../../src/routes/visitorCookie.ts'

const cookie = (origin: string | undefined, hostname: string) =>
  visitorCookie({ origin, hostname, anonymousId: 'a-1' })

describe('the visitor’s cookie', () => {
  it.each<[sentence: string, origin: string, hostname: string, domain: string | null, isSecure: boolean]>([
    ['of a page beside the server', 'https://www.shop.example', 'events.shop.example', 'shop.example', true],
    ['of a page above the server', 'https://shop.example', 'events.shop.example', 'shop.example', true],
    ['of a page below the server', 'https://www.shop.example', 'shop.example', 'shop.example', true],
    ['of a page on the server', 'https://events.shop.example', 'events.shop.example', 'shop.example', true],
    [
      'of a page at another port',
      'https://www.shop.example:8443',
      'events.shop.example',
      'shop.example',
      true,
    ],
    ['of a page without TLS', 'http://www.shop.example', 'events.shop.example', 'shop.example', false],
    ['of a country with two suffixes', 'https://www.shop.co.uk', 'events.shop.co.uk', 'shop.co.uk', true],
    [
      'of a country’s own letters',
      'https://www.xn--caf-dma.example',
      'e.xn--caf-dma.example',
      'xn--caf-dma.example',
      true,
    ],
    [
      'of a page below others’ suffix',
      'https://www.shop.myshopify.com',
      'e.shop.myshopify.com',
      'shop.myshopify.com',
      true,
    ],
    ['on localhost', 'http://localhost:3000', 'localhost', null, false],
    ['on an IPv4 address', 'http://127.0.0.1:3000', '127.0.0.1', null, false],
    ['on an IPv6 address', 'http://[::1]:3000', '[::1]', null, false],
  ])('%s', (_sentence, origin, hostname, domain, isSecure) => {
    expect(cookie(origin, hostname)).toBe(
      [
        'ciclo_id=a-1',
        ...(domain === null ? [] : [`Domain=${domain}`]),
        'Path=/',
        'Max-Age=34560000',
        'SameSite=Lax',
        ...(isSecure ? ['Secure'] : []),
      ].join('; '),
    )
  })

  it.each<[sentence: string, origin: string | undefined, hostname: string]>([
    ['no page', undefined, 'events.shop.example'],
    ['a page that is nowhere', 'null', 'events.shop.example'],
    ['no origin at all', 'shop', 'events.shop.example'],
    ['another site', 'https://www.other.example', 'events.shop.example'],
    ['a site that ends alike', 'https://evilshop.example', 'events.shop.example'],
    ['a site that begins alike', 'https://shop.example.evil.example', 'events.shop.example'],
    ['another shop of the country', 'https://www.other.co.uk', 'events.shop.co.uk'],
    ['another shop of the same host', 'https://other.myshopify.com', 'e.shop.myshopify.com'],
    ['another address', 'http://127.0.0.2', '127.0.0.1'],
    ['a name on an address', 'https://www.shop.example', '127.0.0.1'],
    ['a page below localhost', 'http://shop.localhost', 'localhost'],
    ['a page below a suffix, of the suffix', 'https://shop.github.io', 'github.io'],
  ])('is not set for %s', (_sentence, origin, hostname) => {
    expect(() => cookie(origin, hostname)).toThrow(`Origin: given ${origin ?? 'none'}, expected`)
  })
})
