import { createRequire } from 'node:module'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { DATA_SHAPE, type Shape } from '../../../packages/templates/src/check/knownPaths.ts'
import { uploadProblem } from '../src/pages/images/uploadProblem.ts'
import { liquidCompletion } from '../src/pages/template/code/liquidCompletion.ts'
import { LIQUID_FILTERS, LIQUID_NAMES, PRODUCT_NAMES } from '../src/pages/template/code/liquidNames.ts'
import { mjmlTags } from '../src/pages/template/code/mjmlTags.ts'
import { describeDifference } from '../src/pages/template/parts/describeDifference.ts'
import { pluralGaps, pluralText } from '../src/pages/template/strings/pluralGaps.ts'
import {
  fallbackOf,
  stringKeys,
  withoutKey,
  withoutLocale,
  withText,
} from '../src/pages/template/strings/stringKeys.ts'
import type { TemplateValue } from '../src/pages/templates/templateQueries.ts'
import { createEngine } from '../../../packages/templates/src/createEngine.ts'

interface MjmlComponent {
  componentName: string
  allowedAttributes?: Record<string, string>
}

const fromTemplates = createRequire(
  createRequire(import.meta.url).resolve('../../../packages/templates/package.json'),
)
const fromMjml = createRequire(fromTemplates.resolve('mjml'))
const preset = fromMjml('mjml-preset-core') as { components: MjmlComponent[] }

const VALUE: TemplateValue = {
  mjml: '<mjml>{{ \'heading\' | t }} {{ "text" | t }}</mjml>',
  strings: { en: { subject: 'S', heading: 'H', old: 'O' }, pl: { subject: 'T', heading: 'N' } },
  formal: { pl: { heading: 'Pan' } },
}

/** Every name with the names in it; a list, and whatever may have any name, as it is. */
function namesIn(shape: Shape, path = ''): string[] {
  if (typeof shape === 'string' || 'list' in shape) return [path]
  return [...shape.names].flatMap(([name, inner]) => namesIn(inner, path === '' ? name : `${path}.${name}`))
}

describe('What the code editor suggests', () => {
  it('is every tag of MJML with the attributes that MJML allows it', () => {
    const tags = mjmlTags()
    for (const { componentName, allowedAttributes = {} } of preset.components)
      expect(Object.keys(tags[componentName]?.attrs ?? {}), componentName).toEqual(
        expect.arrayContaining(Object.keys(allowedAttributes)),
      )
    expect(Object.keys(tags).toSorted()).toEqual(
      ['mjml', ...preset.components.map(({ componentName }) => componentName)].toSorted(),
    )
  })

  it('is every name that a mail can show, and no other', () => {
    expect([...LIQUID_NAMES].toSorted()).toEqual(namesIn(DATA_SHAPE).toSorted())
    const products =
      typeof DATA_SHAPE === 'object' && 'names' in DATA_SHAPE && DATA_SHAPE.names.get('products')
    if (!products || products === 'any' || products === 'value' || !('list' in products))
      throw new Error('products are no list')
    expect([...PRODUCT_NAMES].toSorted()).toEqual(namesIn(products.list).toSorted())
  })

  it('is filters that the engine knows', () => {
    const known = new Set([...Object.keys(createEngine({ escape: true }).filters), 't'])
    expect(LIQUID_FILTERS.filter((name) => !known.has(name))).toEqual([])
  })

  it.each([
    ['keys after a quote', "{{ 'he|", ['heading', 'text']],
    ['filters after a bar', '{{ shop.name | up|', [...LIQUID_FILTERS]],
    ['tags where a tag begins', '{% i|', ['if', 'for']],
    ['names in braces', '{{ cust|', ['customer.firstName', 'event.carrier']],
    ['names behind a tag', '{% if cus|', ['customer.firstName']],
    ['nothing outside of braces', 'cust|', null],
    ['nothing behind closed braces', '{{ shop.name }} cust|', null],
  ] as const)('is %s', (_name, written, expected) => {
    const pos = written.indexOf('|', written.length - 1)
    const state = EditorState.create({ doc: written.slice(0, pos) })
    const found = liquidCompletion({ state, pos, explicit: false }, ['heading', 'text'])
    const labels = found?.options.map(({ label }) => label)
    if (expected === null) expect(found).toBeNull()
    else expect(labels).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('The texts of a template', () => {
  it('stand in the order of the mail, and those that it does not show behind them', () => {
    expect(stringKeys(VALUE)).toEqual([
      ...['subject', 'preheader', 'heading', 'text'].map((key) => ({ key, isUsed: true })),
      { key: 'old', isUsed: false },
    ])
  })

  it.each([
    ['English, where it is there', { pl: {}, en: {} }, 'en'],
    ['else the first by name', { ro: {}, pl: {} }, 'pl'],
  ])('fall back to %s', (_name, strings, expected) => {
    expect(fallbackOf({ strings })).toBe(expected)
  })

  it('are written in their place, and an emptied one is none', () => {
    const en = { locale: 'en', isFormal: false }
    const written = withText(VALUE, en, 'subject', 'New')
    expect(Object.entries(written.strings['en'] ?? {})).toEqual([
      ['subject', 'New'],
      ['heading', 'H'],
      ['old', 'O'],
    ])
    expect(withText(VALUE, en, 'subject', '').strings['en']).toEqual({ heading: 'H', old: 'O' })
    expect(withText(VALUE, { locale: 'pl', isFormal: true }, 'heading', '')).not.toHaveProperty('formal')
    expect(withText(VALUE, { locale: 'pl', isFormal: true }, 'text', 'Pani').formal).toEqual({
      pl: { heading: 'Pan', text: 'Pani' },
    })
  })

  it('go in all languages, and with their language', () => {
    expect(withoutKey(VALUE, 'heading')).toEqual({
      mjml: VALUE.mjml,
      strings: { en: { subject: 'S', old: 'O' }, pl: { subject: 'T' } },
    })
    expect(withoutLocale(VALUE, 'pl')).toEqual({ mjml: VALUE.mjml, strings: { en: VALUE.strings['en'] } })
  })

  it.each([
    ["{{ event.points | plural: one: '# punkt', other: '# punktu' }}", 'pl', ['few', 'many']],
    ["{{ event.points | plural: one: '# point', other: '# points' }}", 'en', []],
    // Only millions have `many` in Spanish.
    ["{{ event.points | plural: one: '# punto', other: '# puntos' }}", 'es', []],
    ["{{ event.points | plural: one: '# punct', other: '# de puncte' }}", 'ro', ['few']],
    ['No number at all', 'pl', []],
  ])('that count have each form of their language: %s in %s lacks %j', (text, locale, missing) => {
    expect(pluralGaps(text, locale)).toEqual(missing)
  })

  it.each(['en', 'es', 'pl', 'ro', 'ar', 'ja'])(
    'that are begun with a number in %s lack no form',
    (locale) => {
      expect(pluralGaps(pluralText(locale), locale)).toEqual([])
    },
  )
})

describe('What is different in a template', () => {
  it.each([
    ['nothing', VALUE, []],
    ['a line of its code', { ...VALUE, mjml: `${VALUE.mjml}\n<!-- -->` }, [{ kind: 'lines', count: 1 }]],
    [
      'a text, a formal one and what it is for',
      {
        ...VALUE,
        purpose: 'transactional' as const,
        strings: { ...VALUE.strings, en: { ...VALUE.strings['en'], heading: 'Other' } },
        formal: { pl: { heading: 'Pani' } },
      },
      [
        { kind: 'purpose' },
        { kind: 'text', key: 'heading', locale: 'en' },
        { kind: 'formal', key: 'heading', locale: 'pl' },
      ],
    ],
    [
      'more than one reads',
      {
        ...VALUE,
        strings: {
          ...VALUE.strings,
          en: {
            ...VALUE.strings['en'],
            ...Object.fromEntries(Array.from({ length: 30 }, (_, place) => [`more${place}`, 'x'])),
          },
        },
      },
      [
        ...Array.from({ length: 11 }, (_, place) => ({ kind: 'text', key: `more${place}`, locale: 'en' })),
        { kind: 'more', count: 19 },
      ],
    ],
  ])('is told: %s', (_name, after, lines) => {
    expect(describeDifference(VALUE, after)).toEqual(lines)
  })
})

it.each([
  ['a PNG', { type: 'image/png', size: 1_000 }, null],
  ['a drawing', { type: 'image/svg+xml', size: 1_000 }, 'type'],
  ['a file of no type', { type: '', size: 1_000 }, 'type'],
  ['nothing', { type: 'image/png', size: 0 }, 'empty'],
  ['10 MB', { type: 'image/jpeg', size: 10 * 1024 * 1024 }, null],
  ['a byte more', { type: 'image/jpeg', size: 10 * 1024 * 1024 + 1 }, 'size'],
])('Of what is to be uploaded, %s is looked at before it goes', (_name, file, problem) => {
  expect(uploadProblem(file)).toBe(problem)
})
