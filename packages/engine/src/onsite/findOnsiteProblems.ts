import { contrastOf, READABLE_CONTRAST } from '../readableColour.ts'
import type { OnsiteDefinition } from './onsiteDefinition.ts'

/** What does not fit together in a message, and where. */
export interface OnsiteProblem {
  path: readonly (string | number)[]
  message: string
}

type Kind = OnsiteDefinition['kind']
type Text = keyof OnsiteDefinition['texts'][string]
type Finder = (message: OnsiteDefinition) => readonly OnsiteProblem[]

const NAMES: Readonly<Record<Kind, string>> = {
  signUp: 'a sign-up form',
  contest: 'a contest',
  popUp: 'a pop-up',
  bar: 'a bar',
  survey: 'a survey',
}

const FORMS: ReadonlySet<Kind> = new Set(['signUp', 'contest'])
const NOTICES: ReadonlySet<Kind> = new Set(['popUp', 'bar'])

/** What a kind cannot do without, in every language: else a visitor could not answer, or not know what to. */
const NEEDED: Readonly<Record<Kind, readonly Text[]>> = {
  signUp: ['title', 'button', 'consent', 'clause'],
  contest: ['title', 'button', 'clause'],
  popUp: [],
  bar: [],
  survey: ['title'],
}

const localesOf = ({ texts }: OnsiteDefinition) => Object.keys(texts)

const ofTexts: Finder = (message) => {
  const { kind, texts, link } = message
  if (localesOf(message).length === 0)
    return [{ path: ['texts'], message: 'expected the words in at least one language' }]
  const needed = link === null ? NEEDED[kind] : [...new Set<Text>([...NEEDED[kind], 'button'])]
  return Object.entries(texts).flatMap(([locale, words]): OnsiteProblem[] => [
    ...needed
      .filter((text) => words[text].trim() === '')
      .map((text) => ({
        path: ['texts', locale, text],
        message: `expected words: ${NAMES[kind]}${needed === NEEDED[kind] ? '' : ' with a link'} needs them`,
      })),
    ...(NOTICES.has(kind) && `${words.title}${words.text}`.trim() === ''
      ? [{ path: ['texts', locale], message: 'expected a title or a text' }]
      : []),
    ...(!FORMS.has(kind) && words.consent !== ''
      ? [{ path: ['texts', locale, 'consent'], message: `expected none: ${NAMES[kind]} signs nobody up` }]
      : []),
  ])
}

const repeated = (names: readonly string[]) => names.findIndex((name, place) => names.indexOf(name) !== place)

/** A word for each language that the message has, and for no other. */
function ofLabels(
  labels: Readonly<Record<string, string>>,
  path: readonly (string | number)[],
  locales: readonly string[],
): OnsiteProblem[] {
  return [
    ...locales
      .filter((locale) => !Object.hasOwn(labels, locale))
      .map((locale) => ({
        path: [...path, locale],
        message: `expected words: the message has texts in ${locale}`,
      })),
    ...Object.keys(labels)
      .filter((locale) => !locales.includes(locale))
      .map((locale) => ({ path: [...path, locale], message: `expected texts.${locale} as well` })),
  ]
}

const ofFields: Finder = (message) => {
  const { kind, fields } = message
  const locales = localesOf(message)
  const problems: OnsiteProblem[] = fields.flatMap(({ name, type, required, label, options }, place) => {
    const path = ['fields', place]
    const isChoice = type === 'choice' || type === 'choices'
    const twice = repeated(options.map(({ value }) => value))
    return [
      ...ofLabels(label, [...path, 'label'], locales),
      ...options.flatMap((option, at) => ofLabels(option.label, [...path, 'options', at, 'label'], locales)),
      ...(isChoice && options.length < 2
        ? [{ path: [...path, 'options'], message: `expected at least two options of a ${type}` }]
        : []),
      ...(!isChoice && options.length > 0
        ? [{ path: [...path, 'options'], message: `expected none of a ${type}` }]
        : []),
      ...(twice < 0
        ? []
        : [{ path: [...path, 'options', twice, 'value'], message: 'expected every value once' }]),
      ...((name === 'email') === (type === 'email')
        ? []
        : [{ path: [...path, 'type'], message: "expected the field 'email', and only it, to be an email" }]),
      ...(FORMS.has(kind) && type === 'email' && !required
        ? [
            {
              path: [...path, 'required'],
              message: `expected true: ${NAMES[kind]} without an address is for nobody`,
            },
          ]
        : []),
      // The names that every JavaScript object has already.
      ...(name in {} ? [{ path: [...path, 'name'], message: 'expected another name' }] : []),
    ]
  })
  const twice = repeated(fields.map(({ name }) => name))
  if (twice >= 0) problems.push({ path: ['fields', twice, 'name'], message: 'expected every name once' })
  if (FORMS.has(kind) && !fields.some(({ type }) => type === 'email'))
    problems.push({
      path: ['fields'],
      message: `expected a field of the type email: ${NAMES[kind]} needs it`,
    })
  if (NOTICES.has(kind) && fields.length > 0)
    problems.push({ path: ['fields'], message: `expected none: ${NAMES[kind]} asks nothing` })
  return problems
}

const ofSurvey: Finder = ({ kind, scale, fields }) => {
  if (kind !== 'survey')
    return scale === null ? [] : [{ path: ['scale'], message: `expected null: ${NAMES[kind]} has no scale` }]
  const isOneChoice = fields.length === 1 && fields[0]?.type === 'choice'
  if (scale === null ? !isOneChoice : fields.length > 0)
    return [
      { path: ['fields'], message: 'expected of a survey either a scale or one field of the type choice' },
    ]
  // Every score is one of these to the lifecycle: the best of five stars would make a detractor.
  return scale === null || (scale.from === 0 && scale.to === 10)
    ? []
    : [
        {
          path: ['scale'],
          message: `given ${scale.from} to ${scale.to}, expected 0 to 10, by which promoters are known: ask for anything else with a choice`,
        },
      ]
}

const ofParts: Finder = ({ kind, link, code, topic, from, endsAt, colours, rules, stages }) => [
  ...(NOTICES.has(kind)
    ? []
    : Object.entries({ link, code })
        .filter(([, value]) => value !== null)
        .map(([part]) => ({ path: [part], message: 'expected null: only a pop-up or a bar has one' }))),
  ...(topic === null || FORMS.has(kind)
    ? []
    : [{ path: ['topic'], message: `expected null: ${NAMES[kind]} signs nobody up` }]),
  ...(from === null || endsAt === null || Date.parse(from) < Date.parse(endsAt)
    ? []
    : [{ path: ['endsAt'], message: `given ${endsAt}, expected a later instant than ${from}` }]),
  ...(rules.visits.to === null || rules.visits.from <= rules.visits.to
    ? []
    : [
        {
          path: ['rules', 'visits', 'to'],
          message: `given ${rules.visits.to}, expected at least ${rules.visits.from}`,
        },
      ]),
  ...(new Set(stages).size === stages.length
    ? []
    : [{ path: ['stages'], message: 'expected every stage once' }]),
  ...(colours === null
    ? []
    : [
        ...ofContrast('onAccent', colours.onAccent, colours.accent),
        ...ofContrast('text', colours.text, colours.background),
      ]),
]

function ofContrast(name: string, colour: string, ground: string): OnsiteProblem[] {
  const contrast = contrastOf(colour, ground)
  if (contrast >= READABLE_CONTRAST) return []
  // Rounded down: what falls short of the limit must not be called it.
  const shown = Math.floor(contrast * 10) / 10
  const expected = `expected at least ${READABLE_CONTRAST} (WCAG 2.2)`
  return [
    { path: ['colours', name], message: `given ${colour} on ${ground}: a contrast of ${shown}, ${expected}` },
  ]
}

const FINDERS: readonly Finder[] = [ofTexts, ofFields, ofSurvey, ofParts]

/** Whatever in a message does not fit the rest of it. */
export const findOnsiteProblems: Finder = (message) => FINDERS.flatMap((find) => find(message))
