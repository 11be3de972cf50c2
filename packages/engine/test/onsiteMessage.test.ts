import { describe, expect, it } from 'vitest'
import { OnsiteMessageSchema } from '../src/index.ts'
import { ONSITE } from './support/onsite.ts'

const { signUp, contest, popUp, bar, survey } = ONSITE
const [email] = signUp.fields
const english = { en: 'One' }
const options = [
  { value: 'a', label: { en: 'A' } },
  { value: 'b', label: { en: 'B' } },
]
const choice = { name: 'taste', type: 'choice', label: english, options }
const words = { en: signUp.texts.en }
const ask = (field: object) => ({ ...survey, scale: null, fields: [field] })
const form = (field: object) => ({
  ...signUp,
  texts: words,
  fields: [{ ...email, label: { en: 'E-mail' } }, field],
})
const without = (text: string) => ({
  ...signUp,
  texts: { ...signUp.texts, es: { ...signUp.texts.es, [text]: ' ' } },
})
const colours = { accent: '#0f6b60', onAccent: '#ffffff', background: '#ffffff', text: '#1d2327' }

describe('a message', () => {
  it.each(Object.entries(ONSITE))('of the kind %s needs no more than its words', (_kind, message) => {
    expect(OnsiteMessageSchema.safeParse(message).error).toBeUndefined()
  })

  it.each<[sentence: string, message: object]>([
    ['a survey of one choice', ask(choice)],
    ['a bar with a code and a link', { ...bar, code: 'SPRING', link: 'https://shop.example/sale' }],
    ['a sign-up for a topic', { ...signUp, topic: 'news' }],
    [
      'a contest that signs nobody up',
      { ...contest, texts: { en: { ...words.en, consent: '' } }, fields: form(choice).fields },
    ],
    ['a form with another field', form(choice)],
    ['colours of its own', { ...popUp, colours }],
    ['one that is for some stages', { ...popUp, stages: ['atRisk', 'lapsed'] }],
    [
      'one with a beginning and an end',
      { ...bar, from: '2026-11-27T00:00:00+01:00', endsAt: '2026-11-27T00:00:00Z' },
    ],
  ])('may be %s', (_sentence, message) => {
    expect(OnsiteMessageSchema.safeParse(message).error).toBeUndefined()
  })

  it.each<[sentence: string, message: object, place: string, expected: string]>([
    ['no id', { ...popUp, id: 'Hello You' }, 'id', 'lower-case words joined by hyphens'],
    ['an unknown stage', { ...popUp, stages: ['asleep'] }, 'stages.0', 'Invalid option'],
    ['a stage twice', { ...popUp, stages: ['new', 'new'] }, 'stages', 'expected every stage once'],
    ['no language', { ...popUp, texts: {} }, 'texts', 'in at least one language'],
    ['no language that there is', { ...popUp, texts: { english: {} } }, 'texts.english', 'Invalid key'],
    ['a misspelt text', { ...popUp, texts: { en: { titel: 'A' } } }, 'texts.en', 'Unrecognized key: "titel"'],
    ['nothing to say', { ...popUp, texts: { en: {} } }, 'texts.en', 'expected a title or a text'],
    ['a sign-up without a consent text', without('consent'), 'texts.es.consent', 'a sign-up form needs them'],
    ['a sign-up without a clause', without('clause'), 'texts.es.clause', 'a sign-up form needs them'],
    ['a sign-up without a button', without('button'), 'texts.es.button', 'a sign-up form needs them'],
    [
      'a sign-up without an e-mail',
      { ...signUp, fields: [] },
      'fields',
      'expected a field of the type email',
    ],
    [
      'an e-mail that may be left out',
      { ...signUp, fields: [{ ...email, required: false }] },
      'fields.0.required',
      'expected true: a sign-up form without an address',
    ],
    ['a contest without an e-mail', { ...contest, fields: [] }, 'fields', 'a contest needs it'],
    [
      'a survey without a question',
      { ...survey, texts: { en: {} } },
      'texts.en.title',
      'a survey needs them',
    ],
    ['a survey without an answer', { ...survey, scale: null }, 'fields', 'either a scale or one field'],
    ['a survey with two answers', { ...survey, fields: [choice] }, 'fields', 'either a scale or one field'],
    [
      'a survey of a text',
      ask({ name: 'why', type: 'text', label: english }),
      'fields',
      'of the type choice',
    ],
    [
      'stars, of which five would be a detractor’s score',
      { ...survey, scale: { from: 1, to: 5 } },
      'scale',
      'given 1 to 5, expected 0 to 10',
    ],
    ['a scale of a pop-up', { ...popUp, scale: { from: 1, to: 5 } }, 'scale', 'a pop-up has no scale'],
    ['a bar that asks', { ...bar, fields: [choice] }, 'fields', 'a bar asks nothing'],
    [
      'a pop-up with a consent',
      { ...popUp, texts: { en: { title: 'A', consent: 'Yes' } } },
      'texts.en.consent',
      'a pop-up signs nobody up',
    ],
    ['a topic of a survey', { ...survey, topic: 'news' }, 'topic', 'a survey signs nobody up'],
    ['a code of a form', { ...signUp, code: 'SPRING' }, 'code', 'only a pop-up or a bar has one'],
    ['a code without a letter', { ...bar, code: ' ' }, 'code', 'Too small'],
    [
      'a link of a form',
      { ...signUp, link: 'https://shop.example' },
      'link',
      'only a pop-up or a bar has one',
    ],
    ['a link that runs', { ...bar, link: 'javascript:alert(1)' }, 'link', 'expected an http(s) address'],
    [
      'a link without a button',
      { ...bar, texts: { en: { title: 'A' } }, link: 'https://shop.example' },
      'texts.en.button',
      'a bar with a link needs them',
    ],
    [
      'an end before its beginning',
      { ...bar, from: '2026-02-02T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' },
      'endsAt',
      'expected a later instant than 2026-02-02',
    ],
    [
      'an end by some clock',
      { ...bar, endsAt: '2026-02-01 10:00' },
      'endsAt',
      'expected an instant of ISO 8601',
    ],
    [
      'visits that end before they begin',
      { ...bar, rules: { visits: { from: 3, to: 2 } } },
      'rules.visits.to',
      'given 2, expected at least 3',
    ],
    [
      'a label in one language only',
      { ...signUp, fields: [{ ...email, label: { en: 'E-mail' } }] },
      'fields.0.label.es',
      'the message has texts in es',
    ],
    [
      'a label in a language more',
      { ...signUp, fields: [{ ...email, label: { ...email?.label, pl: 'E-mail' } }] },
      'fields.0.label.pl',
      'expected texts.pl as well',
    ],
    [
      'an option in one language only',
      { ...form(choice), texts: signUp.texts, fields: [email, { ...choice, label: { en: 'A', es: 'A' } }] },
      'fields.1.options.0.label.es',
      'the message has texts in es',
    ],
    [
      'a choice of one',
      form({ ...choice, options: options.slice(1) }),
      'fields.1.options',
      'at least two options of a choice',
    ],
    ['a text with options', form({ ...choice, type: 'text' }), 'fields.1.options', 'expected none of a text'],
    [
      'an option twice',
      form({ ...choice, options: [...options, ...options] }),
      'fields.1.options.2.value',
      'expected every value once',
    ],
    ['a field twice', form({ ...email, label: english }), 'fields.1.name', 'expected every name once'],
    [
      'an address by another name',
      form({ name: 'mail', type: 'email', label: english }),
      'fields.1.type',
      "expected the field 'email'",
    ],
    [
      'a field with a name of all objects',
      form({ ...choice, name: 'toString' }),
      'fields.1.name',
      'expected another name',
    ],
    [
      'words that cannot be read',
      { ...popUp, colours: { ...colours, text: '#cccccc' } },
      'colours.text',
      'given #cccccc on #ffffff: a contrast of 1.6, expected at least 4.5',
    ],
    [
      'a button that cannot be read',
      { ...popUp, colours: { ...colours, onAccent: '#000000' } },
      'colours.onAccent',
      'a contrast of 3.',
    ],
    [
      'a colour by its name',
      { ...popUp, colours: { ...colours, text: 'black' } },
      'colours.text',
      'such as #0f6b60',
    ],
    ['what nobody knows', { ...popUp, stage: ['new'] }, '', 'Unrecognized key: "stage"'],
  ])('is refused: %s', (_sentence, message, place, expected) => {
    const issues = OnsiteMessageSchema.safeParse(message).error?.issues ?? []
    expect(issues.map(({ path }) => path.join('.'))).toContain(place)
    expect(issues.find(({ path }) => path.join('.') === place)?.message).toContain(expected)
  })
})
