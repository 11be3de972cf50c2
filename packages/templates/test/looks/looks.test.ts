import { beforeAll, describe, expect, test } from 'vitest'
import type { RenderedMail } from '../../src/index.ts'
import { inspectMails } from './inspectMails.ts'
import { keyOf, unseenMails } from './seenMails.ts'
import { renderShippedMails, type ShippedMail } from './shippedMails.ts'
import { textProblems } from './textProblems.ts'
import { untranslated } from './untranslated.ts'
import { wordProblems } from './wordProblems.ts'

/** More would take minutes: `npm run test:deep` looks at all. */
const AT_ONCE = 8

let mails: ShippedMail[] = []

beforeAll(async () => {
  mails = await renderShippedMails()
})

test('mails that look otherwise than before fit on their screens and are accessible', async () => {
  const unseen = await unseenMails(mails)
  if (unseen.length === 0) return
  const now = unseen.slice(0, AT_ONCE)
  const { problems, folder } = await inspectMails(now)
  const names = now.map(keyOf).join(', ')
  const rest =
    unseen.length > now.length ? `, and ${unseen.length - now.length} more that npm run test:deep takes` : ''
  process.stdout.write(`Mails that look new, their pictures in ${folder}: ${names}${rest}\n`)
  expect(problems).toEqual([])
}, 120_000)

test('text parts read well, nothing is left in English, and no key of a string shows', async () => {
  expect(mails).toHaveLength(192)
  expect(await wordProblems(mails)).toEqual([])
})

test('no mail is above 90 KB', () => {
  for (const mail of mails) expect(Buffer.byteLength(mail.html), keyOf(mail)).toBeLessThanOrEqual(90_000)
})

test('a price is struck through only beside the lowest one of the 30 days before', () => {
  const struck = mails.filter(({ html }) => /<s>/.test(html))
  expect(new Set(struck.map(({ name }) => name))).toEqual(new Set(['price-drop']))
  for (const { html } of struck) expect(html).toMatch(/<s>[^<]*49[.,]00[\s\S]*39[.,]00/)
})

test.each(['why-you-left', 'review-request', 'review-reminder'])(
  'the answers of %s lead to our own page',
  (name) => {
    for (const { html, bare } of mails.filter((mail) => mail.name === name)) {
      expect(html.match(/href="https:\/\/mail\.example\/s\/6f1dC2\?answer=[\w-]+"/g)).toHaveLength(4)
      // Where there is no such page, nothing asks to press a button.
      expect(bare.html).not.toContain('?answer=')
    }
  },
)

describe('the checks find', () => {
  const mail = (text: string, locale = 'en'): RenderedMail => ({
    subject: `Subject ${locale}`,
    preheader: `Preheader ${locale}`,
    html: '',
    text,
    locale,
  })

  test.each([
    ['HTML', 'Hello <b>you</b>'],
    ['HTML', 'Fish &amp; chips'],
    ['Liquid', 'Hello {{ name }}'],
    ['empty brackets', 'Points ( )'],
    ['invisible characters', 'a\u200cb'],
    ['nothing but signs', ' × '],
    ['stray blanks', 'two  blanks'],
    ['a blank before a sign', 'Hello , you'],
    ['a link in the middle of a line', 'Look <https://a.example> and here'],
    ['a gap', 'One\n\n\nTwo'],
  ])('%s', (what, text) => {
    expect(textProblems(mail(text)).join('\n')).toContain(what)
  })

  test('English in another language, and keys', () => {
    const keys = new Set(['orderTotal'])
    const line = 'We are glad to see you'
    expect(untranslated(mail(line, 'pl'), mail(line), keys)).toEqual([line])
    expect(untranslated(mail('orderTotal', 'pl'), mail('x'), keys)).toEqual(['orderTotal'])
    expect(untranslated(mail('Dobrze', 'pl'), mail('Good'), keys)).toEqual([])
  })
})
