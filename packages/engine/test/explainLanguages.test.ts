import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReasonNumbers } from '../src/explain/reasonNumbers.ts'
import { SENTENCE_LOCALES, sentenceLanguageOf } from '../src/explain/sentenceLocale.ts'
import { WHYS, type Sentences } from '../src/explain/sentences.ts'
import { sentencesEn } from '../src/explain/sentencesEn.ts'
import { sentencesEs } from '../src/explain/sentencesEs.ts'
import { sentencesPl } from '../src/explain/sentencesPl.ts'
import { sentencesRo } from '../src/explain/sentencesRo.ts'
import { whyOf } from '../src/explain/whyOf.ts'
import { RFM_GROUPS } from '../src/rfm.ts'
import { STATES } from '../src/lifecycle.ts'
import { DAY } from './support/inputs.ts'
import { causeOf, explainerIn, moved, NOW, reason } from './support/reasons.ts'

const COUNTS = [0, 1, 2, 5, 22, 100]

type Counted = { [Name in keyof Sentences]: Sentences[Name] extends (count: number) => string ? Name : never }

const PLURALS: [string, Sentences, Counted[keyof Sentences], string][] = [
  [
    'en',
    sentencesEn,
    'withoutOrder',
    'less than a day without an order | 1 day without an order | 2 days without an order | 5 days without an order | 22 days without an order | 100 days without an order',
  ],
  [
    'en',
    sentencesEn,
    'ordersLeft',
    '0 orders are left after a correction | 1 order is left after a correction | 2 orders are left after a correction | 5 orders are left after a correction | 22 orders are left after a correction | 100 orders are left after a correction',
  ],
  [
    'es',
    sentencesEs,
    'withoutOrder',
    'menos de un día sin pedidos | 1 día sin pedidos | 2 días sin pedidos | 5 días sin pedidos | 22 días sin pedidos | 100 días sin pedidos',
  ],
  [
    'es',
    sentencesEs,
    'ordersLeft',
    'tras una corrección quedan 0 pedidos | tras una corrección queda 1 pedido | tras una corrección quedan 2 pedidos | tras una corrección quedan 5 pedidos | tras una corrección quedan 22 pedidos | tras una corrección quedan 100 pedidos',
  ],
  [
    'es',
    sentencesEs,
    'mailsSince',
    'ningún correo desde entonces | 1 correo desde entonces | 2 correos desde entonces | 5 correos desde entonces | 22 correos desde entonces | 100 correos desde entonces',
  ],
  [
    'pl',
    sentencesPl,
    'withoutOrder',
    'mniej niż dzień bez zamówienia | 1 dzień bez zamówienia | 2 dni bez zamówienia | 5 dni bez zamówienia | 22 dni bez zamówienia | 100 dni bez zamówienia',
  ],
  [
    'pl',
    sentencesPl,
    'ordersLeft',
    'po korekcie zostało 0 zamówień | po korekcie zostało 1 zamówienie | po korekcie zostały 2 zamówienia | po korekcie zostało 5 zamówień | po korekcie zostały 22 zamówienia | po korekcie zostało 100 zamówień',
  ],
  [
    'pl',
    sentencesPl,
    'mailsSince',
    'od tego czasu żadnego e-maila | od tego czasu 1 e-mail | od tego czasu 2 e-maile | od tego czasu 5 e-maili | od tego czasu 22 e-maile | od tego czasu 100 e-maili',
  ],
  [
    'ro',
    sentencesRo,
    'withoutOrder',
    'mai puțin de o zi fără comandă | o zi fără comandă | 2 zile fără comandă | 5 zile fără comandă | 22 de zile fără comandă | 100 de zile fără comandă',
  ],
  [
    'ro',
    sentencesRo,
    'ordersLeft',
    'după o corecție au rămas 0 comenzi | după o corecție a rămas o comandă | după o corecție au rămas 2 comenzi | după o corecție au rămas 5 comenzi | după o corecție au rămas 22 de comenzi | după o corecție au rămas 100 de comenzi',
  ],
  [
    'ro',
    sentencesRo,
    'mailsSince',
    'niciun e-mail de atunci | un e-mail de atunci | 2 e-mailuri de atunci | 5 e-mailuri de atunci | 22 de e-mailuri de atunci | 100 de e-mailuri de atunci',
  ],
]

const LIMITS: [string, Sentences, string][] = [
  ['en', sentencesEn, 'their limit is 1 day (from 1 order) | their limit is 22 days (from 22 orders)'],
  ['es', sentencesEs, 'su límite es de 1 día (según 1 pedido) | su límite es de 22 días (según 22 pedidos)'],
  [
    'pl',
    sentencesPl,
    'limit tego klienta to 1 dzień (na podstawie 1 zamówienia) | limit tego klienta to 22 dni (na podstawie 22 zamówień)',
  ],
  [
    'ro',
    sentencesRo,
    'limita clientului este de o zi (pe baza unei comenzi) | limita clientului este de 22 de zile (pe baza a 22 de comenzi)',
  ],
]

describe('numbers take the plural of the language', () => {
  it.each(PLURALS)('%s, %#', (_, sentences, name, expected) => {
    expect(COUNTS.map(sentences[name]).join(' | ')).toBe(expected)
  })

  it.each(LIMITS)('%s, two of them in one pattern', (_, { limit }, expected) => {
    expect([1, 22].map((count) => limit.own(count, count)).join(' | ')).toBe(expected)
  })
})

describe('dates and money', () => {
  const late = { next: { state: 'lapsed', at: Date.UTC(2027, 0, 1) - 1 } }

  it.each([
    ['en', 'UTC', 'Lost since 3 May: lapsed on 31 December unless an order comes.'],
    ['en-US', 'UTC', 'Lost since May 3: lapsed on December 31 unless an order comes.'],
    ['en_gb', 'Europe/Madrid', 'Lost since 3 May: lapsed on 1 January 2027 unless an order comes.'],
    [
      'es',
      'Europe/Madrid',
      'Cliente perdido desde el 3 de mayo: pasará a «cliente inactivo» el 1 de enero de 2027 si no llega ningún pedido.',
    ],
    [
      'pl-PL',
      'Europe/Warsaw',
      'Utracony klient od 3 maja: 1 stycznia 2027 nastąpi zmiana na „nieaktywny klient”, jeśli nie przyjdzie zamówienie.',
    ],
    [
      'ro',
      'Pacific/Kiritimati',
      'Client pierdut din 4 mai: trece la „client inactiv” pe 1 ianuarie 2027 dacă nu vine nicio comandă.',
    ],
  ])('are those of %s in %s', (tag, timeZone, sentence) => {
    expect(explainerIn(tag, { timeZone }).state(reason('stage', 'lapsed > lost', 'timer', late))).toBe(
      sentence,
    )
  })

  it('have the decimals that shops count by, not those that prices are shown with', () => {
    const now = { spend: 1_250, currency: 'RSD' }
    expect(explainerIn('en').state(reason('value', 'standard > vip', 'rules', { now }))).toBe(
      'VIP since 3 May: the VIP line was redrawn; they have spent RSD\u00a012.50.',
    )
  })

  it('have the decimals of the currency, in whichever language', () => {
    const now = { spend: 1_234_567, currency: 'JPY' }
    const told = SENTENCE_LOCALES.map((tag) =>
      explainerIn(tag).state(reason('value', 'standard > vip', 'Order Completed', { now })),
    )
    expect(told).toEqual([
      'VIP since 3 May: their spend reached the VIP line; they have spent JP¥1,234,567.',
      'Cliente VIP desde el 3 de mayo: su gasto alcanzó el umbral VIP; ha gastado 1.234.567\u00a0JPY.',
      'Klient VIP od 3 maja: wydatki osiągnęły próg VIP; dotychczasowe wydatki: 1\u00a0234\u00a0567\u00a0JPY.',
      'Client VIP din 3 mai: cheltuielile sale au atins pragul VIP; a cheltuit 1.234.567\u00a0JPY.',
    ])
  })
})

it.each([
  ['pl', { language: 'pl', tag: 'pl' }],
  ['en', { language: 'en', tag: 'en-GB' }],
  [' EN-us ', { language: 'en', tag: 'en-US' }],
  ['es-Latn-MX-u-nu-arab', { language: 'es', tag: 'es-MX' }],
  ['de', undefined],
  ['english', undefined],
  ['*', undefined],
  ['', undefined],
])('reads the language %j', (tag, expected) => {
  expect(sentenceLanguageOf(tag)).toEqual(expected)
})

const EVERY_STATE: Record<string, readonly string[]> = {
  ...STATES,
  rfm: [...RFM_GROUPS, 'none'],
  'segment:s1': ['in', 'out'],
}
const CAUSES = [
  'timer',
  'rules',
  'Order Completed',
  'order_cancelled',
  'Order Refunded',
  'identify',
  'page',
  'Subscribed',
  'Subscription Confirmed',
  'Consent Withdrawn',
  'Unsubscribed',
  'Email Sent',
  'Email Bounced',
  'Email Marked as Spam',
  'Email Address Restored',
  'Email Link Clicked',
  'Survey Answered',
  'Product Reviewed',
  'Referral Made',
  'Something of the shop’s own',
]
const BASES = ['own', 'shop', 'settings', 'cold-start', 'consent', 'existing-customer', 'opt-out-regime', '']

/** Every way from one state of a region to another, or to itself. */
const MOVES = Object.entries(EVERY_STATE).flatMap(([region, states]) =>
  states.flatMap((from) => states.map((to) => ({ region, from, to }))),
)

it('knows a case for every reason that it has words for', () => {
  const told = new Set(
    MOVES.flatMap((move) =>
      CAUSES.flatMap((cause) =>
        [...BASES.map((basis) => ({ basis })), { softBounceDays: 5 }].map((numbers) =>
          whyOf({ ...move, cause: causeOf(cause), numbers }),
        ),
      ),
    ),
  )
  expect(WHYS.filter((why) => !told.has(why))).toEqual([])
})

describe('whatever an older or a newer version wrote down', () => {
  const odd = fc.oneof(
    fc.integer({ min: 0, max: 400 }),
    fc.integer(),
    fc.double(),
    fc.constantFrom(...BASES, 'settings', 'distribution', 'EUR', 'eur', 'KWD', '321', '999', 'footer form'),
  )
  const NAMES = [
    ['orders', 'daysSinceLastOrder', 'atRiskAfterDays', 'lapsedAfterDays', 'lostAfterDays', 'basis', 'gaps'],
    ['spend', 'currency', 'vipLine', 'lineFrom', 'received', 'daysSinceEngaged', 'coldAfterMails'],
    ['method', 'score', 'rating', 'scores', 'event', 'count', 'atLeast'],
  ].flat()
  const numbers: fc.Arbitrary<ReasonNumbers> = fc
    .uniqueArray(fc.constantFrom(...NAMES))
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), odd))))
    .map((pairs) => Object.fromEntries(pairs))
  const time = fc.oneof(
    fc.integer({ min: -900, max: 9_000 }).map((day) => NOW + day * DAY),
    fc.maxSafeInteger(),
  )

  it('a sentence is whole in every language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SENTENCE_LOCALES, 'en-US', 'es-MX'),
        fc.constantFrom(...MOVES, { region: 'mood', from: 'good', to: 'bad' }),
        fc.constantFrom(...CAUSES),
        fc.boolean(),
        numbers,
        numbers,
        time,
        time,
        (tag, { region, from, to }, cause, isInitial, past, now, since, dueAt) => {
          const explainer = explainerIn(tag)
          const next = { state: from, at: dueAt }
          const row = moved(region, `${from} > ${to}`, cause, past, { timer: from, dueAt })
          const told = [explainer.transition({ ...row, at: since })]
          if (region !== 'mood' && !region.startsWith('segment:')) {
            const state = reason(region, isInitial ? to : `${from} > ${to}`, isInitial ? null : cause, {
              past,
              now,
              next,
            })
            told.push(explainer.state({ ...state, since: isInitial ? null : since }))
          }
          for (const sentence of told) {
            expect(sentence).toMatch(/^\p{Lu}.*[^\s.:;,]\.$/u)
            expect(sentence).not.toMatch(
              /undefined|null|NaN|Infinity|Invalid|[{}#[\]]|\s\s|[:;,] ?[:;.]|\$\{/,
            )
          }
        },
      ),
      { numRuns: 3_000, seed: 20_260_503 },
    )
  })
})
