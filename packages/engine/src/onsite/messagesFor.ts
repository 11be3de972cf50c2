import type { LifecycleValue } from '../lifecycle.ts'
import { readableOn } from '../readableColour.ts'
import type { Settings } from '../settings.ts'
import type { OnsiteMessage } from './onsiteMessage.ts'
import type { ShownMessage } from './shownMessage.ts'

/** How messages look and speak where they do not say it themselves. */
export interface OnsiteSurroundings {
  brand: Settings['brand']
  /** The shop's own language. */
  shopLocale: string
}

export interface OnsiteVisitor {
  /** The browser's language, such as `es-MX`; null where it says none. */
  locale: string | null
  /** The stage of the customer whom this browser has proven to be; null: nobody's. */
  proven: LifecycleValue['stage'] | null
}

const POSITIONS: Readonly<Record<OnsiteMessage['kind'], ShownMessage['position']>> = {
  signUp: 'centre',
  contest: 'centre',
  popUp: 'corner',
  bar: 'top',
  survey: 'corner',
}

/** As on the pages that mails lead to. */
const PAPER = '#ffffff'
const INK = '#1d2327'

const languageOf = (locale: string | null) => locale?.slice(0, 2).toLowerCase()

/** The visitor's language, else the shop's, else English, else the first by its letters. */
function localeOf({ texts }: OnsiteMessage, wanted: string | null, shopLocale: string): string {
  const found = [languageOf(wanted), languageOf(shopLocale), 'en'].find(
    (locale) => locale !== undefined && Object.hasOwn(texts, locale),
  )
  return found ?? Object.keys(texts).toSorted()[0] ?? 'en'
}

function coloursOf({ colours }: Settings['brand']): ShownMessage['colours'] {
  const { accent, onAccent } = colours
  return { accent, onAccent: readableOn(accent, onAccent, PAPER, '#000000'), background: PAPER, text: INK }
}

/** A message as a browser is told of it: nothing of its name, its priority, or whom it is for. */
export function shownMessage(
  message: OnsiteMessage,
  wanted: string | null,
  { brand, shopLocale }: OnsiteSurroundings,
): ShownMessage {
  const { id, kind, position, fields, topic, link, code, endsAt, scale, colours, rules, frequency } = message
  const locale = localeOf(message, wanted, shopLocale)
  const texts = message.texts[locale]
  if (!texts) throw new Error(`The on-site message ${id} has no texts`)
  return {
    id,
    kind,
    position: position ?? POSITIONS[kind],
    locale,
    texts,
    fields: fields.map(({ label, options, ...field }) => ({
      ...field,
      label: label[locale] ?? field.name,
      options: options.map((option) => ({
        value: option.value,
        label: option.label[locale] ?? option.value,
      })),
    })),
    topic,
    link,
    code,
    endsAt,
    scale,
    colours: colours ?? coloursOf(brand),
    radius: brand.radius,
    rules,
    frequency,
  }
}

/** Whether a message is shown to anybody at an instant, in epoch milliseconds: its end is no part of its time. */
export const isShownAt = ({ live, from, endsAt }: OnsiteMessage, at: number): boolean =>
  live && (from === null || Date.parse(from) <= at) && (endsAt === null || at < Date.parse(endsAt))

/** A stage that nobody has proven is nobody's: whoever asks must not learn the stage of somebody else. */
const isFor = ({ stages }: OnsiteMessage, { proven }: OnsiteVisitor): boolean =>
  stages.length === 0 || (proven !== null && stages.includes(proven))

/** What a browser is told, the most important first. */
export function messagesFor(
  messages: readonly OnsiteMessage[],
  at: number,
  visitor: OnsiteVisitor,
  surroundings: OnsiteSurroundings,
): ShownMessage[] {
  return messages
    .filter((message) => isShownAt(message, at) && isFor(message, visitor))
    .toSorted((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1))
    .map((message) => shownMessage(message, visitor.locale, surroundings))
}
