import { OnsiteMessageSchema } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { findProblems } from '../src/pages/onsite/editor/onsiteProblems.ts'
import { askedByTitle } from '../src/pages/onsite/fields/askedByTitle.ts'
import { withLanguage, withoutLanguage } from '../src/pages/onsite/fields/languages.ts'
import { newField, PRESETS } from '../src/pages/onsite/fields/newField.ts'
import { KINDS, startMessage, type OnsiteKind } from '../src/pages/onsite/start/startMessage.ts'

type Message = ReturnType<typeof startMessage>

const begin = (kind: OnsiteKind, locale = 'en') => startMessage(kind, { id: 'one', name: 'One', locale })

describe('A message that is begun', () => {
  it.each(
    KINDS.flatMap((kind) => ['en', 'es-MX', 'pl', 'ro', 'de'].map((locale) => [kind, locale] as const)),
  )('could be shown as it is: %s in %s', (kind, locale) => {
    const message = begin(kind, locale)
    expect(OnsiteMessageSchema.parse(message)).toEqual(message)
    expect(message.live).toBe(false)
  })

  it.each(KINDS)('takes one more language, asks for its words, and loses it again: %s', (kind) => {
    const message = begin(kind)
    const more = { ...message, ...withLanguage(message, 'es') }
    const places = findProblems(more).map(({ path }) => path)
    expect(places.length).toBeGreaterThan(0)
    expect(places.filter((path) => !/(^|\.)es(\.|$)/.test(path))).toEqual([])
    expect({ ...more, ...withoutLanguage(more, 'es') }).toEqual(message)
  })

  it.each(PRESETS)('takes two questions of a kind under two names: %s', (preset) => {
    const first = newField(preset, ['en'], [])
    const second = newField(preset, ['en', 'pl'], [first])
    expect(second.name).not.toBe(first.name)
    expect(Object.keys(second.label)).toEqual(['en', 'pl'])
  })
})

it('A survey is asked by its title, in every language, whatever its answers are', () => {
  const survey = {
    ...begin('survey', 'es'),
    scale: null,
    fields: [newField('choice', ['es'], [])].map((field) => ({
      ...field,
      options: field.options.map((option) => ({ ...option, label: { es: option.value } })),
    })),
  }
  expect(findProblems(survey).map(({ path }) => path)).toEqual(['fields.0.label.es'])
  const asked = askedByTitle(survey)
  expect(findProblems(asked)).toEqual([])
  expect(asked.fields[0]?.label).toEqual({ es: survey.texts['es']?.title })
  const form = begin('signUp')
  expect(askedByTitle(form)).toBe(form)
})

describe('What is wrong with a message', () => {
  it.each<[sentence: string, kind: OnsiteKind, changes: Partial<Message>, path: string, word: string]>([
    ['no name', 'bar', { name: ' ' }, 'name', 'words'],
    ['no words in any language', 'bar', { texts: {} }, 'texts', 'title'],
    ['no address to ask for', 'signUp', { fields: [] }, 'fields', 'email'],
    ['neither numbers nor answers', 'survey', { scale: null }, 'fields', 'question'],
    ['an address that is none', 'popUp', { link: 'shop' }, 'link', 'link'],
    [
      'an end before its beginning',
      'bar',
      { from: '2026-01-02T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' },
      'endsAt',
      'later',
    ],
    [
      'a page that is no path',
      'bar',
      { rules: { ...begin('bar').rules, pages: ['sale'] } },
      'rules.pages.0',
      'path',
    ],
    [
      'visits that end before they begin',
      'bar',
      { rules: { ...begin('bar').rules, visits: { from: 3, to: 2 } } },
      'rules.visits.to',
      'visits',
    ],
    [
      'colours that are too near',
      'bar',
      { colours: { accent: '#ffffff', onAccent: '#eeeeee', background: '#ffffff', text: '#000000' } },
      'colours.onAccent',
      'contrast',
    ],
    [
      'a colour that is none',
      'bar',
      { colours: { accent: 'red', onAccent: '#000000', background: '#ffffff', text: '#000000' } },
      'colours.accent',
      'colour',
    ],
    [
      'a choice of one answer',
      'signUp',
      {
        fields: [
          ...begin('signUp').fields,
          { name: 'size', type: 'choice', required: false, label: { en: 'Size' }, options: [] },
        ],
      },
      'fields.1.options',
      'options',
    ],
    [
      'two questions of one name',
      'contest',
      {
        fields: [
          ...begin('contest').fields,
          { name: 'a', type: 'text', required: false, label: { en: 'A' }, options: [] },
          { name: 'a', type: 'text', required: false, label: { en: 'B' }, options: [] },
        ],
      },
      'fields.2.name',
      'twice',
    ],
  ])('is said at its place: %s', (_sentence, kind, changes, path, word) => {
    expect(findProblems({ ...begin(kind), ...changes })).toContainEqual(
      expect.objectContaining({ path, word }),
    )
  })
})
