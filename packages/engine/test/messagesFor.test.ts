import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isShownAt,
  messagesFor,
  SettingsSchema,
  ShownMessageSchema,
  STATES,
  type OnsiteMessage,
} from '../src/index.ts'
import { ONSITE, onsiteMessage } from './support/onsite.ts'

const { brand } = SettingsSchema.parse({})
const surroundings = { brand, shopLocale: 'es-MX' }
const NOON = Date.parse('2026-03-01T12:00:00Z')
const nobody = { locale: 'en', proven: null } as const

const one = (more: object = {}): OnsiteMessage => onsiteMessage({ ...ONSITE.popUp, ...more })
const idsFor = (messages: readonly OnsiteMessage[], visitor: Parameters<typeof messagesFor>[2] = nobody) =>
  messagesFor(messages, NOON, visitor, surroundings).map(({ id }) => id)

describe('what a browser is told', () => {
  it.each<[sentence: string, message: object, isShown: boolean]>([
    ['one that is not live', { live: false }, false],
    ['one that is live', {}, true],
    ['one that begins this very moment', { from: '2026-03-01T12:00:00Z' }, true],
    ['one that begins in a millisecond', { from: '2026-03-01T12:00:00.001Z' }, false],
    ['one that ends in a millisecond', { endsAt: '2026-03-01T12:00:00.001Z' }, true],
    ['one that ends this very moment', { endsAt: '2026-03-01T12:00:00Z' }, false],
    ['one that ends at noon in Madrid', { endsAt: '2026-03-01T12:00:00+01:00' }, false],
  ])('%s', (_sentence, message, isShown) => {
    expect(idsFor([one(message)])).toEqual(isShown ? ['hello'] : [])
    expect(isShownAt(one(message), NOON)).toBe(isShown)
  })

  it.each<[sentence: string, stages: string[], proven: (typeof STATES)['stage'][number] | null, boolean]>([
    ['one for everyone, to nobody', [], null, true],
    ['one for everyone, to somebody', [], 'lost', true],
    ['one for a stage, to nobody', ['visitor', 'new'], null, false],
    ['one for a stage, to somebody in it', ['atRisk', 'new'], 'new', true],
    ['one for a stage, to somebody in another', ['atRisk'], 'new', false],
  ])('%s', (_sentence, stages, proven, isShown) => {
    expect(idsFor([one({ stages })], { locale: null, proven })).toEqual(isShown ? ['hello'] : [])
  })

  it.each<[wanted: string | null, locales: string[], expected: string]>([
    ['pl', ['en', 'es', 'pl'], 'pl'],
    ['PL-pl', ['en', 'es', 'pl'], 'pl'],
    ['de', ['en', 'es', 'pl'], 'es'],
    [null, ['en', 'es'], 'es'],
    ['de', ['en', 'pl'], 'en'],
    ['de', ['ro', 'pl'], 'pl'],
    ['constructor', ['ro'], 'ro'],
  ])('of a browser in %s, of words in %s: those in %s', (locale, locales, expected) => {
    const texts = Object.fromEntries(locales.map((name) => [name, { title: name }]))
    const [shown] = messagesFor([one({ texts })], NOON, { locale, proven: null }, surroundings)
    expect(shown).toMatchObject({ locale: expected, texts: { title: expected } })
  })

  it('has the words of fields and options in that language, and what they mean in none', () => {
    const message = onsiteMessage({
      ...ONSITE.survey,
      texts: { en: { title: 'Taste?' }, es: { title: '¿Gusto?' } },
      scale: null,
      fields: [
        {
          name: 'taste',
          type: 'choice',
          label: { en: 'Taste', es: 'Gusto' },
          options: [
            { value: 'sweet', label: { en: 'Sweet', es: 'Dulce' } },
            { value: 'sour', label: { en: 'Sour', es: 'Ácido' } },
          ],
        },
      ],
    })
    const [shown] = messagesFor([message], NOON, nobody, surroundings)
    expect(shown?.fields).toEqual([
      {
        name: 'taste',
        type: 'choice',
        required: false,
        label: 'Taste',
        options: [
          { value: 'sweet', label: 'Sweet' },
          { value: 'sour', label: 'Sour' },
        ],
      },
    ])
  })

  it('is in the colours of the brand, corrected where they cannot be read, unless it has its own', () => {
    const pale = {
      ...brand,
      radius: 3,
      colours: { ...brand.colours, accent: '#ffee88', onAccent: '#ffffff' },
    }
    const [shown] = messagesFor([one()], NOON, nobody, { ...surroundings, brand: pale })
    expect(shown).toMatchObject({ radius: 3, colours: { accent: '#ffee88', onAccent: '#000000' } })
    const colours = { accent: '#000000', onAccent: '#ffffff', background: '#ffffff', text: '#333333' }
    const [own] = messagesFor([one({ colours })], NOON, nobody, surroundings)
    expect(own?.colours).toEqual(colours)
  })

  it.each(Object.values(ONSITE).map((message) => [message.kind, message] as const))(
    'of the kind %s is what the tracker expects, and nothing of why',
    (_kind, message) => {
      const secret = { ...message, name: 'Win back Ann', priority: 7, stages: ['lost'] }
      const [shown] = messagesFor(
        [onsiteMessage(secret)],
        NOON,
        { locale: 'en', proven: 'lost' },
        surroundings,
      )
      expect(ShownMessageSchema.parse(shown)).toEqual(shown)
      expect(JSON.stringify(shown)).not.toMatch(/Win back Ann|priority|stages|lost/)
    },
  )

  const messages = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,4}$/),
      live: fc.boolean(),
      priority: fc.integer({ min: 0, max: 3 }),
      stages: fc.uniqueArray(fc.constantFrom(...STATES.stage)),
      from: fc.constantFrom(null, '2026-03-01T11:00:00Z', '2026-03-01T13:00:00Z'),
    }),
    { selector: ({ id }) => id },
  )
  const visitors = fc.record({
    locale: fc.constantFrom(null, 'en', 'xx'),
    proven: fc.constantFrom(null, ...STATES.stage),
  })

  it('is all of what is live and meant for the visitor, and nothing else, by priority, whatever the order', () => {
    fc.assert(
      fc.property(messages, visitors, (given, visitor) => {
        const all = given.map((message) => one(message))
        const told = idsFor(all, visitor)
        const meant = all.filter(
          ({ live, from, stages }) =>
            live &&
            from !== '2026-03-01T13:00:00Z' &&
            (stages.length === 0 || stages.some((stage) => stage === visitor.proven)),
        )
        expect(new Set(told)).toEqual(new Set(meant.map(({ id }) => id)))
        const priorities = told.map((id) => all.find((message) => message.id === id)?.priority ?? 0)
        expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
        expect(idsFor(all.toReversed(), visitor)).toEqual(told)
      }),
    )
  })
})
