import { beforeAll, describe, expect, test } from 'vitest'
import {
  compileTemplate,
  loadShippedTemplates,
  LOCALES,
  renderTemplate,
  type CompiledTemplate,
  type Locale,
  type RenderedMail,
  type TemplateSource,
} from '../src/index.ts'
import { sampleData, sampleRequest } from './sampleData.ts'

const PURPOSES = {
  'at-risk': 'marketing',
  'opt-in-confirmation': 'transactional',
  'thank-you': 'marketing',
  welcome: 'marketing',
  'win-back': 'marketing',
} as const
type Name = keyof typeof PURPOSES

const NAMES = Object.keys(PURPOSES) as Name[]
const CASES = NAMES.flatMap((name) => LOCALES.map((locale) => ({ name, locale })))
const MARKETING_CASES = CASES.filter(({ name }) => PURPOSES[name] === 'marketing')

const sources = new Map<string, TemplateSource>()
const compiled = new Map<string, CompiledTemplate>()

beforeAll(async () => {
  for (const shipped of await loadShippedTemplates()) {
    sources.set(shipped.name, shipped)
    compiled.set(shipped.name, await compileTemplate(shipped))
  }
})

function source(name: Name): TemplateSource {
  return sources.get(name) ?? expect.fail(`${name} is not shipped`)
}

function render(name: Name, locale: Locale, data: Partial<ReturnType<typeof sampleData>> = {}): RenderedMail {
  const template = compiled.get(name) ?? expect.fail(`${name} is not shipped`)
  return renderTemplate(
    template,
    sampleRequest({ locale, data: sampleData({ purpose: PURPOSES[name], ...data }) }),
  )
}

test('the five e-mails are shipped', () => {
  expect([...sources.keys()]).toEqual(NAMES)
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

  test('is at most 90 KB, says its language, and hides its preheader', () => {
    const { html, preheader } = render(name, locale)
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(90_000)
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
    for (const part of [html, text]) {
      expect(part).toContain(tracked)
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
    const { subject, text } = render(name, locale)
    const pressure =
      /%|discount|last chance|hurry|descuento|última|date prisa|rabat|zniżk|ostatnia|reducere|ultima șansă/i
    expect(`${subject}\n${text}`.replace(/https?:\S+/g, '')).not.toMatch(pressure)
  })
})

describe.each(LOCALES)('the opt-in confirmation in %s', (locale) => {
  test('shows nothing that a visitor typed, and no marketing links', () => {
    expect(
      source('opt-in-confirmation').mjml + JSON.stringify(source('opt-in-confirmation').strings),
    ).not.toMatch(/customer\./)
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
  for (const locale of ['en', 'es', 'ro'] as const) expect(render('welcome', locale).text).toContain('Zofia')
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
