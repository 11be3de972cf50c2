import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compileTemplate,
  loadShippedTemplates,
  LOCALES,
  renderTemplate,
  type CompiledTemplate,
  type Locale,
  type RenderedMail,
  type ShippedTemplate,
  type TemplateData,
} from '../src/index.ts'
import { OPTIONAL_DATA, sampleData, sampleRequest } from './sampleData.ts'

const MARKETING = `
  at-risk at-risk-help birthday birthday-reminder browse-reminder cart-offer cart-reminder
  checkout-offer checkout-reminder cross-sell first-order-offer first-order-reminder
  inactive-preferences inactive-prospect no-return points-expiring points-summary price-drop referral
  replenishment review-reminder review-request second-purchase second-purchase-offer sunset
  sunset-last thank-you thank-you-again vip welcome welcome-2 welcome-3 why-you-left win-back
  win-back-offer
`
  .trim()
  .split(/\s+/)
const TRANSACTIONAL = `
  back-in-stock opt-in-confirmation order-confirmation order-delivered order-late order-ready
  order-shipped payment-failed payment-pending referral-reward refund-issued return-received
  withdrawal-received
`
  .trim()
  .split(/\s+/)
const NAMES = [...MARKETING, ...TRANSACTIONAL].toSorted()
const CASES = NAMES.flatMap((name) => LOCALES.map((locale) => ({ name, locale })))
const MARKETING_CASES = CASES.filter(({ name }) => MARKETING.includes(name))
const TRANSACTIONAL_CASES = CASES.filter(({ name }) => TRANSACTIONAL.includes(name))

const sources = new Map<string, ShippedTemplate>()
const compiled = new Map<string, CompiledTemplate>()

beforeAll(async () => {
  for (const shipped of await loadShippedTemplates()) {
    sources.set(shipped.name, shipped)
    compiled.set(shipped.name, await compileTemplate(shipped))
  }
})

function source(name: string): ShippedTemplate {
  return sources.get(name) ?? expect.fail(`${name} is not shipped`)
}

function render(name: string, locale: Locale, data: Partial<TemplateData> = {}): RenderedMail {
  const template = compiled.get(name) ?? expect.fail(`${name} is not shipped`)
  const purpose = MARKETING.includes(name) ? 'marketing' : 'transactional'
  return renderTemplate(
    template,
    sampleRequest({ locale, strict: true, data: sampleData({ purpose, ...data }) }),
  )
}

/** What a person reads, without the addresses behind it. */
const wordsOf = ({ subject, preheader, text }: RenderedMail): string =>
  `${subject}\n${preheader}\n${text}`.replace(/https?:\S+/g, '')

/** Nothing, each optional datum alone, all of them, and what each of them leaves open. */
const VARIANTS: Partial<TemplateData>[] = [
  {},
  ...Object.entries(OPTIONAL_DATA).map(([key, value]) => ({ [key]: value })),
  OPTIONAL_DATA,
  {
    products: [{ name: 'Sidamo', quantity: '0.3' }],
    order: { id: '1001' },
    coupon: { code: 'A' },
    event: {},
  },
  { products: [] },
]

test('every e-mail that a journey sends is shipped, and no other', () => {
  expect([...sources.keys()]).toEqual(NAMES)
})

test('every part is in use', async () => {
  const emails = new URL('../emails/', import.meta.url)
  const files = await readdir(emails, { recursive: true })
  const bodies = files.filter((file) => file.endsWith('.mjml'))
  const texts = await Promise.all(bodies.map((file) => readFile(new URL(file, emails), 'utf8')))
  const used = new Set(texts.flatMap((text) => [...text.matchAll(/slot: (\w+)/g)].map(([, name]) => name)))
  const parts = bodies.filter((file) => file.startsWith('_parts/')).map((file) => basename(file, '.mjml'))
  expect(parts.length).toBeGreaterThan(10)
  expect(parts.filter((part) => !used.has(part))).toEqual([])
})

describe.each(CASES)('$name in $locale', ({ name, locale }) => {
  test('has subject, preheader, HTML and text without a trace of Liquid', () => {
    const mail = render(name, locale)
    expect(mail.locale).toBe(locale)
    for (const part of [mail.subject, mail.preheader, mail.html, mail.text]) {
      expect(part.trim()).not.toBe('')
      expect(part).not.toMatch(/\{\{|\}\}|\{%|%\}/)
      expect(part).not.toMatch(/undefined|\[object/)
    }
    expect(mail.subject.length).toBeLessThanOrEqual(70)
    expect(mail.subject).not.toContain('\n')
  })

  test('renders with and without each optional datum, in at most 90 KB, and leaves no gap where one is missing', () => {
    for (const data of VARIANTS) {
      const mail = render(name, locale, data)
      for (const part of [mail.subject, mail.preheader, mail.html, mail.text]) {
        expect(part.trim()).not.toBe('')
        expect(part).not.toMatch(/\{\{|\}\}|\{%|%\}|undefined|\[object|<!-- slot/)
      }
      const words = wordsOf(mail)
      expect(words).not.toMatch(/\( *\)| {2,}\S|[:,] *\.|#/)
      // A label without what it names; what ends so otherwise introduces products, and greets in Spanish.
      if (!data.products?.length) expect(words.replace(/^Hola.*:$/m, '')).not.toMatch(/: *$/m)
      expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(90_000)
    }
  })

  test('says its language, and hides its preheader', () => {
    const { html, preheader } = render(name, locale)
    expect(html).toContain(`<html lang="${locale}" dir="ltr"`)
    expect(html).not.toMatch(/lang="und"|dir="auto"/)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain(preheader.replaceAll("'", '&#39;'))
  })

  test('loads nothing from elsewhere and describes every image', () => {
    const { html } = render(name, locale, {
      urls: { ...sampleData().urls, open: 'https://mail.example/o/token' },
    })
    const images = html.match(/<img\b[^>]*>/g) ?? []
    expect(images).toHaveLength(1)
    for (const image of images) expect(image).toMatch(/\balt="/)
    expect(html).not.toMatch(/<link\b|@import|<script\b|url\(/)
  })

  test('reads well without a first name', () => {
    for (const firstName of [undefined, '', '  ']) {
      const customer = { email: 'zofia@customer.example', ...(firstName === undefined ? {} : { firstName }) }
      const { html, text, subject } = render(name, locale, { customer })
      for (const part of [subject, text, html.replace(/<style[\s\S]*?<\/style>/g, '')]) {
        expect(part).not.toMatch(/[\p{L}] +[,!:.](?=[\s<]|$)|, *[!,.:]/u)
        expect(part).not.toContain('Zofia')
      }
    }
  })

  test('has the strings of its own language, all of them', () => {
    const { strings } = source(name)
    expect(Object.keys(strings[locale])).toEqual(Object.keys(strings.en))
    if (locale === 'en') return
    for (const [key, text] of Object.entries(strings[locale])) expect(text, key).not.toBe(strings.en[key])
  })
})

describe.each(MARKETING_CASES)('the marketing mail $name in $locale', ({ name, locale }) => {
  test('links to the shop through tracking, and to unsubscribe and preferences directly', () => {
    const { html, text } = render(name, locale)
    const tracked = 'https://mail.example/c/https%3A%2F%2Fshop.example'
    expect(html).toContain(tracked)
    // The one is about what to receive, the other asks a question.
    if (!['inactive-preferences', 'why-you-left'].includes(name)) expect(text).toContain(tracked)
    for (const part of [html, text]) {
      expect(part).toContain('https://mail.example/u/token')
      expect(part).toContain('https://mail.example/p/token')
      expect(part.replaceAll(tracked, '')).not.toContain('shop.example')
    }
  })

  test('shows the postal address only if there is one', () => {
    const { html, text } = render(name, locale)
    for (const part of [html, text]) expect(part).toContain('Calle Mayor 1')
    const without = render(name, locale, { shop: { name: 'Luna', url: 'https://shop.example' } })
    for (const part of [without.html, without.text]) expect(part).not.toContain('Calle Mayor')
    expect(without.text.endsWith('https://mail.example/p/token>\n')).toBe(true)
  })

  test('promises no discount and makes no hurry', () => {
    const pressure =
      /%|discount|last chance|descuento|última|date prisa|rabat|zniżk|ostatnia|reducere|ultima șansă/i
    for (const data of VARIANTS) expect(wordsOf(render(name, locale, data))).not.toMatch(pressure)
  })
})

const CODE = { en: /\bcode\b/i, es: /\bcódigo\b/i, pl: /\bkod\b/i, ro: /\bcod(?:ul)?\b/i }

describe.each(CASES)('$name in $locale', ({ name, locale }) => {
  test('speaks of a code only if there is one', () => {
    const showsCoupons = source(name).mjml.includes('coupon.code')
    expect(showsCoupons).toBe(name.endsWith('-offer') || WITH_COUPON.includes(name))
    expect(wordsOf(render(name, locale))).not.toMatch(CODE[locale])
    const words = wordsOf(render(name, locale, { coupon: OPTIONAL_DATA.coupon }))
    if (!showsCoupons) return expect(words).not.toContain('LUNA-7F3K')
    expect(words).toMatch(CODE[locale])
    expect(words).toContain('LUNA-7F3K')
    expect(words).toContain('December 6, 2026 at 10:00 AM')
  })
})
const WITH_COUPON = ['birthday', 'birthday-reminder', 'first-order-reminder', 'referral-reward', 'welcome']

describe.each(TRANSACTIONAL_CASES)('the transactional mail $name in $locale', ({ name, locale }) => {
  test('invites nobody to the shop, and has nothing to unsubscribe from', () => {
    const { html, text } = render(name, locale, { ...OPTIONAL_DATA, products: [] })
    const invited = 'https://mail.example/c/https%3A%2F%2Fshop.example"'
    // The one is what somebody asked to be told of, the other has its terms there.
    const mayLink = ['back-in-stock', 'order-confirmation'].includes(name)
    expect(html.includes(invited)).toBe(mayLink)
    for (const part of [html, text]) expect(part).not.toMatch(/mail\.example\/[up]\//)
  })
})

describe('products', () => {
  test.each(['cart-reminder', 'order-confirmation', 'price-drop'])('of %s link to the shop', (name) => {
    const { html, text } = render(name, 'en', OPTIONAL_DATA)
    const link = 'https://mail.example/c/https%3A%2F%2Fshop.example%2Fp%2Fsidamo'
    expect(html).toContain(`<a href="${link}"`)
    expect(html).toMatch(/<img src="https:\/\/shop\.example\/i\/sidamo\.jpg" width="\d+" alt=""/)
    expect(text).toContain(`Sidamo, 250 g <${link}>\n2 × €9.90\n\nFilter papers\n`)
  })

  test('with a name that looks like HTML do not become HTML', () => {
    const { html } = render('cart-reminder', 'en', {
      products: [{ name: '<b onclick="x">', quantity: '1', price: '<i>' }],
    })
    expect(html).toContain('&lt;b onclick=&#34;x&#34;&gt;')
    expect(html).not.toMatch(/<b |<i>/)
  })

  test('with an address that is none of the web lead nowhere', () => {
    const products = [{ name: 'Sidamo', url: 'javascript:alert(1)', quantity: '1' }]
    const event = { tracking_url: 'javascript:alert(1)' }
    for (const name of ['cart-reminder', 'order-shipped'])
      expect(render(name, 'en', { products, event }).html).not.toContain('javascript:')
  })
})

describe('what the shop has told', () => {
  test.each([
    ['order-shipped', 'DHL'],
    ['order-shipped', '00340434'],
    ['order-shipped', 'https://mail.example/c/https%3A%2F%2Fparcels.example%2F00340434'],
    ['order-shipped', 'It should be with you by December 1, 2026.'],
    ['order-confirmation', 'Order number: 1001'],
    ['order-confirmation', 'Order total: €24.30'],
    ['payment-failed', 'https://mail.example/c/https%3A%2F%2Fpay.example%2F1001'],
    ['order-ready', 'Calle Mayor 1.'],
    ['refund-issued', 'The amount is €24.30.'],
    ['points-summary', '120 points'],
    ['points-expiring', '22 points\n\nValid until December 31, 2026'],
    ['referral-reward', 'This is your reward: A bag of coffee.'],
    ['price-drop', 'The lowest price of the 30 days before was €8.90.'],
  ])('%s shows: %s', (name, shown) => {
    expect(render(name, 'en', OPTIONAL_DATA).text).toContain(shown)
    expect(render(name, 'en').text).not.toContain(shown)
  })
})

describe.each(LOCALES)('the opt-in confirmation in %s', (locale) => {
  test('shows nothing that a visitor typed, and no marketing links', () => {
    const { mjml, strings } = source('opt-in-confirmation')
    const used = Object.entries(strings[locale]).filter(([key]) => mjml.includes(`'${key}'`))
    expect(used.length).toBeGreaterThan(5)
    expect(mjml + JSON.stringify(used)).not.toMatch(/customer\.|event\.|order\.|products/)
    const { html, text, subject } = render('opt-in-confirmation', locale)
    for (const part of [html, text, subject]) {
      expect(part).not.toMatch(/zofia/i)
      expect(part).not.toMatch(/mail\.example\/(?:u|p|c)\//)
    }
  })

  test('links to the confirmation and says how long it is valid', () => {
    const { html, text } = render('opt-in-confirmation', locale)
    expect(html.match(/href="([^"]*)"/g)).toEqual(Array(2).fill('href="https://mail.example/confirm/token"'))
    expect(text.match(/https?:\S+/g)).toEqual(['https://mail.example/confirm/token'])
    expect(text).toContain('7')
  })
})

test('Polish never addresses the customer by name, which would need the vocative', () => {
  for (const name of NAMES) expect(JSON.stringify(source(name).strings.pl)).not.toContain('firstName')
})

test('the other languages greet by name', () => {
  for (const name of NAMES.filter((one) => one !== 'opt-in-confirmation'))
    for (const locale of ['en', 'es', 'ro'] as const)
      expect(render(name, locale).text, name).toContain('Zofia')
})

test('Romanian is written with comma-below letters, never with cedillas', () => {
  for (const name of NAMES) {
    const strings = JSON.stringify(source(name).strings.ro)
    expect(strings).toMatch(/[șț]/)
    expect(strings).not.toMatch(/[şţŞŢ]/)
  }
})

test('the text part keeps paragraphs apart and names each link', () => {
  expect(render('win-back', 'en').text).toBe(`Luna

It has been a while

Hi Zofia,

Some time has passed since your last order at Luna, and we would love to have you back.

There are new things to discover since then, and perhaps something for you.

Come and have a look
https://mail.example/c/https%3A%2F%2Fshop.example

Would you rather get fewer e-mails, or other topics? Tell us what suits you <https://mail.example/p/token>

The Luna team

You are receiving this e-mail as a subscriber or customer of Luna.

Unsubscribe <https://mail.example/u/token>
Choose what you receive <https://mail.example/p/token>

Luna
Calle Mayor 1
28013 Madrid
`)
})
