import { contrastOf, READABLE_CONTRAST } from '../readableColour.ts'
import { findFieldProblems } from './findFieldProblems.ts'
import type { OnsiteDefinition } from './onsiteDefinition.ts'
import {
  FORMS,
  KIND_NAMES,
  localesOf,
  NOTICES,
  type FindProblems,
  type OnsiteKind,
  type OnsiteProblem,
} from './onsiteProblem.ts'

type Text = keyof OnsiteDefinition['texts'][string]

/** What a kind cannot do without, in every language: else a visitor could not answer, or not know what to. */
const NEEDED: Readonly<Record<OnsiteKind, readonly Text[]>> = {
  signUp: ['title', 'button', 'consent', 'clause'],
  contest: ['title', 'button', 'clause'],
  popUp: [],
  bar: [],
  survey: ['title'],
}

const ofTexts: FindProblems = (message) => {
  const { kind, texts, link } = message
  if (localesOf(message).length === 0)
    return [{ path: ['texts'], message: 'expected the words in at least one language' }]
  const needed = link === null ? NEEDED[kind] : [...new Set<Text>([...NEEDED[kind], 'button'])]
  return Object.entries(texts).flatMap(([locale, words]): OnsiteProblem[] => [
    ...needed
      .filter((text) => words[text].trim() === '')
      .map((text) => ({
        path: ['texts', locale, text],
        message: `expected words: ${KIND_NAMES[kind]}${needed === NEEDED[kind] ? '' : ' with a link'} needs them`,
      })),
    ...(NOTICES.has(kind) && `${words.title}${words.text}`.trim() === ''
      ? [{ path: ['texts', locale], message: 'expected a title or a text' }]
      : []),
    ...(!FORMS.has(kind) && words.consent !== ''
      ? [
          {
            path: ['texts', locale, 'consent'],
            message: `expected none: ${KIND_NAMES[kind]} signs nobody up`,
          },
        ]
      : []),
  ])
}

const ofSurvey: FindProblems = ({ kind, scale, fields }) => {
  if (kind !== 'survey')
    return scale === null
      ? []
      : [{ path: ['scale'], message: `expected null: ${KIND_NAMES[kind]} has no scale` }]
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

const ofParts: FindProblems = ({ kind, link, code, topic, from, endsAt, colours, rules, stages }) => [
  ...(NOTICES.has(kind)
    ? []
    : Object.entries({ link, code })
        .filter(([, value]) => value !== null)
        .map(([part]) => ({ path: [part], message: 'expected null: only a pop-up or a bar has one' }))),
  ...(topic === null || FORMS.has(kind)
    ? []
    : [{ path: ['topic'], message: `expected null: ${KIND_NAMES[kind]} signs nobody up` }]),
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

const FINDERS: readonly FindProblems[] = [ofTexts, findFieldProblems, ofSurvey, ofParts]

/** Whatever in a message does not fit the rest of it. */
export const findOnsiteProblems: FindProblems = (message) => FINDERS.flatMap((find) => find(message))
