import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { originOf, hostIn } from '../src/insight/referrers.ts'
import { NO_TOUCHES, touchIn, withTouch, type Touch } from '../src/insight/touch.ts'
import { eventInput, order, rules, START, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'

const URL = 'https://www.shop.example/shoes'
const visit = (page: Record<string, unknown>, context: Record<string, unknown> = {}): EventSketch => ({
  day: 0,
  source: 'public',
  type: 'page',
  context: { page, ...context },
})

/** `source / medium / campaign`, as analysts write it. */
const told = (touch: Touch | undefined) => touch && [touch.source, touch.medium, touch.campaign].join(' / ')

describe('where a visit comes from', () => {
  it.each<[what: string, sketch: EventSketch, expected: string | undefined]>([
    ['nothing known', visit({ url: URL, referrer: '', search: '' }), 'direct /  / '],
    ['no page at all', { day: 0, source: 'public', type: 'screen' }, 'direct /  / '],
    [
      'the campaign that the client has read',
      visit({ url: URL }, { campaign: { source: 'Newsletter', medium: 'E-Mail', name: 'May 2026' } }),
      'newsletter / e-mail / May 2026',
    ],
    [
      'tags of the address',
      visit({ url: `${URL}?utm_source=Google&utm_medium=CPC&utm_campaign=Spring%20sale+now#top` }),
      'google / cpc / Spring sale now',
    ],
    ['tags of the search alone', visit({ search: '?a=1&utm_source=x&utm_medium=y' }), 'x / y / '],
    [
      'tags before the referrer',
      visit({ url: `${URL}?utm_source=blog`, referrer: 'https://google.com/' }),
      'blog /  / ',
    ],
    [
      'a campaign without its source',
      visit({ url: `${URL}?utm_campaign=may`, referrer: 'https://www.facebook.com/' }),
      'facebook / social / may',
    ],
    ['a campaign without anything else', visit({ url: `${URL}?utm_campaign=may` }), 'unknown /  / may'],
    [
      'an advertiser’s id',
      visit({ url: `${URL}?gclid=abc`, referrer: 'https://www.google.es/' }),
      'google / cpc / ',
    ],
    ['an id beside tags', visit({ url: `${URL}?utm_source=bing&msclkid=1` }), 'bing / cpc / '],
    [
      'a medium beside an id',
      visit({ url: `${URL}?fbclid=1&utm_medium=paid-social` }),
      'facebook / paid-social / ',
    ],
    [
      'tags between two pages of the shop',
      visit({ url: `${URL}?utm_source=banner`, referrer: URL }),
      'banner /  / ',
    ],
    ['a name that objects have', visit({ url: `${URL}?utm_campaign=a&constructor=1` }), 'unknown /  / a'],
    ['a tag behind 4,096 letters', visit({ url: `${URL}?a=${'x'.repeat(4_096)}&gclid=1` }), 'direct /  / '],
    ['an id without a value', visit({ url: `${URL}?gclid=` }), 'direct /  / '],
    ['a name that only ends so', visit({ url: `${URL}?xgclid=1&my_utm_source=y` }), 'direct /  / '],
    ['a tag that is no text', visit({ url: `${URL}?utm_source=%E0%A4%A` }), '%e0%a4%a /  / '],
    ['an address that is none', visit({ url: { toString: 1 }, search: { toString: 1 } }), 'direct /  / '],
    ['a campaign that is none', visit({ url: URL }, { campaign: 'x' }), 'direct /  / '],
    ['a campaign of nulls', visit({ url: URL }, { campaign: { name: null, source: '  ' } }), 'direct /  / '],
    [
      'the page before',
      visit({ url: URL, referrer: 'https://www.google.pl/search?q=buty' }),
      'google / organic / ',
    ],
    [
      'the referrer of the context',
      visit({ url: URL }, { referrer: { url: 'https://t.co/x' } }),
      'x / social / ',
    ],
    ['a page of the shop', visit({ url: URL, referrer: 'https://www.shop.example/' }), undefined],
    ['another part of the shop', visit({ url: URL, referrer: 'https://blog.shop.example/x' }), undefined],
    [
      'a shop with nearly the same name',
      visit({ url: URL, referrer: 'https://myshop.example' }),
      'myshop.example / referral / ',
    ],
    ['the way back from paying', visit({ url: URL, referrer: 'https://www.paypal.com/checkout' }), undefined],
    ['a referrer that is none', visit({ url: URL, referrer: '$direct' }), 'direct /  / '],
    [
      'our own mail’s link',
      visit({ url: `${URL}?ciclo_visit=abc`, referrer: 'https://mail.google.com/' }),
      undefined,
    ],
    [
      'our own mail’s link with tags',
      visit({ url: `${URL}?utm_source=spring&ciclo_visit=a` }),
      'spring /  / ',
    ],
    [
      'by our own mail, where the link says so and its click was not told',
      visit({ url: `${URL}?utm_source=ciclo&utm_medium=email&utm_campaign=welcome` }),
      'email / email / welcome',
    ],
    [
      'an event of a browser',
      { ...visit({ url: URL, referrer: 'https://duckduckgo.com/' }), type: 'track', name: 'Product Viewed' },
      'duckduckgo / organic / ',
    ],
    [
      'an event of the shop’s server',
      { day: 0, name: 'Order Completed', context: { page: { referrer: 'https://bing.com' } } },
      undefined,
    ],
    [
      'a profile',
      { day: 0, source: 'public', type: 'identify', context: { page: { url: `${URL}?utm_source=x` } } },
      undefined,
    ],
    [
      'a person’s click on our mail',
      {
        day: 0,
        source: 'own',
        name: 'Email Link Clicked',
        properties: { class: 'human', template: 'welcome' },
      },
      'email / email / welcome',
    ],
    [
      'a click whose journey is known',
      {
        day: 0,
        source: 'own',
        name: 'Email Link Clicked',
        properties: { class: 'human', template: 'a', journey: 'win-back' },
      },
      'email / email / win-back',
    ],
    [
      'a scanner’s click',
      { day: 0, source: 'own', name: 'Email Link Clicked', properties: { class: 'machine' } },
      undefined,
    ],
    [
      'a browser that says that a mail was clicked',
      {
        day: 0,
        source: 'public',
        name: 'Email Link Clicked',
        properties: { class: 'human', template: 'welcome' },
      },
      'direct /  / ',
    ],
  ])('%s', (_, sketch, expected) => {
    const input = eventInput(sketch)
    expect(told(touchIn(input))).toBe(expected)
    expect(touchIn(input)?.at ?? input.at).toBe(START)
  })

  it('is none of a crawler', () => {
    const input = eventInput(visit({ url: URL, referrer: 'https://www.google.com/' }))
    expect(touchIn(input)).toBeDefined()
    expect(touchIn({ ...input, event: { ...input.event, bot: true } })).toBeUndefined()
  })

  it('is named in at most 100 letters', () => {
    const touch = touchIn(eventInput(visit({ url: `${URL}?utm_source=${'x'.repeat(500)}` })))
    expect(touch?.source).toHaveLength(100)
    const click = touchIn(
      eventInput({
        day: 0,
        name: 'Email Link Clicked',
        properties: { class: 'human', campaign: 'x'.repeat(1_000_000) },
      }),
    )
    expect(click?.campaign).toHaveLength(100)
  })

  it('is read from anything that a browser may send', () => {
    fc.assert(
      fc.property(
        fc.record({ page: fc.anything(), campaign: fc.anything(), referrer: fc.anything() }),
        fc.anything(),
        (context, referrer) => {
          const page = { url: URL, referrer }
          touchIn(eventInput({ day: 0, source: 'public', type: 'page', context }))
          touchIn(eventInput(visit(page)))
        },
      ),
    )
  })
})

describe('a referrer', () => {
  it.each([
    ['https://www.google.com/', 'google / organic'],
    ['https://www.google.ro/', 'google / organic'],
    ['https://www.google.co.uk/', 'google / organic'],
    ['https://docs.google.com/document', 'docs.google.com / referral'],
    ['https://google.example.com/', 'google.example.com / referral'],
    ['https://es.search.yahoo.com/', 'yahoo / organic'],
    ['https://www.bing.com', 'bing / organic'],
    ['https://szukaj.onet.pl/wyniki', 'onet / organic'],
    ['https://search.brave.com/', 'brave / organic'],
    ['android-app://com.google.android.googlequicksearchbox/', 'google / organic'],
    ['android-app://com.google.android.gm/', 'gmail / email'],
    ['android-app://com.facebook.katana/', 'facebook / social'],
    ['https://l.facebook.com/l.php?u=x', 'facebook / social'],
    ['https://www.tiktok.com/@shop', 'tiktok / social'],
    ['https://wykop.pl/', 'wykop / social'],
    ['https://www.pinterest.es/', 'pinterest / social'],
    ['https://mail.google.com/mail/u/0', 'gmail / email'],
    ['https://es.mail.yahoo.com/', 'yahoo-mail / email'],
    ['https://outlook.live.com/', 'outlook / email'],
    ['https://poczta.wp.pl/', 'wp-mail / email'],
    ['https://webmail.host.ro/', 'webmail.host.ro / email'],
    ['https://www.ceneo.pl/123', 'ceneo.pl / referral'],
    ['HTTPS://USER:PASSWORD@WWW.Blog.Example:8080/x', 'blog.example / referral'],
    ['https://localhost/', 'localhost / referral'],
    ['https://', undefined],
    ['about:client', undefined],
    ['https://sis.redsys.es/sis/realizarPago', undefined],
    ['https://secure.przelewy24.pl/', undefined],
  ])('%s is %s', (referrer, expected) => {
    const host = hostIn(referrer)
    const origin = host === undefined ? undefined : originOf(host, 'shop.example')
    expect(origin && `${origin.source} / ${origin.medium}`).toBe(expected)
  })
})

describe('the first and the last touch', () => {
  const arbitraryTouch = fc.record<Touch>({
    at: fc.integer({ min: 0, max: 5 }),
    source: fc.constantFrom('direct', 'google', 'email'),
    medium: fc.constantFrom(null, 'organic', 'cpc'),
    campaign: fc.constantFrom(null, 'a', 'b'),
  })
  const fold = (touches: readonly Touch[]) => touches.reduce(withTouch, NO_TOUCHES)

  it('are the earliest of all, and the latest with a source', () => {
    const touch = (at: number, source: string): Touch => ({ at, source, medium: null, campaign: null })
    expect(fold([touch(2, 'google'), touch(1, 'direct'), touch(3, 'email'), touch(4, 'direct')])).toEqual({
      first: touch(1, 'direct'),
      last: touch(3, 'email'),
    })
    expect(fold([touch(1, 'direct')])).toEqual({ first: touch(1, 'direct'), last: null })
    expect(fold([touch(1, 'direct'), touch(1, 'google')]).first?.source).toBe('google')
  })

  it('are the same in whatever order they are told, and however often', () => {
    const arrivals = fc.array(arbitraryTouch, { maxLength: 12 }).chain((touches) =>
      fc.tuple(
        fc.constant(touches),
        fc.shuffledSubarray([...touches, ...touches], {
          minLength: touches.length * 2,
          maxLength: touches.length * 2,
        }),
      ),
    )
    fc.assert(
      fc.property(arrivals, ([touches, shuffled]) => {
        expect(fold(shuffled)).toEqual(fold(touches))
      }),
      { numRuns: 500 },
    )
  })

  it('stay the very same object where a visit tells nothing new', () => {
    const touches = fold([{ at: 1, source: 'google', medium: null, campaign: null }])
    expect(withTouch(touches, { at: 2, source: 'direct', medium: null, campaign: null })).toBe(touches)
  })

  it('of a customer are the same in whatever order visits arrive', () => {
    const visits = [
      visit({ url: URL }),
      visit({ url: `${URL}?utm_source=a` }),
      visit({ url: URL, referrer: 'https://www.bing.com/' }),
      {
        day: 0,
        source: 'own',
        name: 'Email Link Clicked',
        properties: { class: 'human', template: 'welcome' },
      },
      visit({ url: URL, referrer: `${URL}/other` }),
    ] satisfies EventSketch[]
    const inputs = [
      ...visits.map((sketch, day) => eventInput({ ...sketch, day, receivedDay: 9 })),
      order(2, 'o1', 10, { receivedDay: 9 }),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(inputs, { minLength: inputs.length }), (arrivals) => {
        const { touches } = live(arrivals, rules).customer
        expect([told(touches.first ?? undefined), told(touches.last ?? undefined)]).toEqual([
          'direct /  / ',
          'email / email / welcome',
        ])
      }),
      { numRuns: 50 },
    )
  })
})
