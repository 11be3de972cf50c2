import type { OnsiteMessage } from '@ciclo/engine'
import { START_WORDS, startLocale } from './startTexts.ts'

export const KINDS = ['signUp', 'contest', 'popUp', 'bar', 'survey'] as const
export type OnsiteKind = OnsiteMessage['kind']
export type OnsiteTexts = OnsiteMessage['texts'][string]

export const emptyTexts = (locale: string): OnsiteTexts => ({
  title: '',
  text: '',
  button: '',
  close: START_WORDS[startLocale(locale)].close,
  clause: '',
  consent: '',
  thanks: '',
  low: '',
  high: '',
})

/** A message of a kind that could be shown as it is: off, in the shop's language. */
export function startMessage(
  kind: OnsiteKind,
  { id, name, locale }: { id: string; name: string; locale: string },
): OnsiteMessage {
  const language = startLocale(locale)
  const words = START_WORDS[language]
  const isForm = kind === 'signUp' || kind === 'contest'
  return {
    id,
    name,
    kind,
    live: false,
    priority: 0,
    position: null,
    texts: { [language]: { ...emptyTexts(language), ...words.texts[kind] } },
    fields: isForm
      ? [{ name: 'email', type: 'email', required: true, label: { [language]: words.email }, options: [] }]
      : [],
    topic: null,
    link: null,
    code: null,
    from: null,
    endsAt: null,
    scale: kind === 'survey' ? { from: 0, to: 10 } : null,
    rules: {
      pages: [],
      notPages: isForm || kind === 'popUp' ? ['/checkout*'] : [],
      devices: [],
      visits: { from: 1, to: null },
      // Whoever has just come has not seen yet what it is about.
      scroll: kind === 'popUp' || kind === 'survey' ? 30 : 0,
      seconds: isForm ? 5 : 0,
      leaving: false,
    },
    frequency: kind === 'bar' ? { days: 0, most: null } : { days: 7, most: 3 },
    colours: null,
    stages: [],
  }
}
