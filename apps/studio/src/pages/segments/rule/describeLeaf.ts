import type { TFunction } from 'i18next'
import type { Leaf } from './isShowable.ts'
import { pathText } from './pathText.ts'
import {
  EVENT_TYPES,
  FORECASTS,
  isNamed,
  isOneOf,
  MOMENTS,
  OPERATORS,
  ORDER_FIGURES,
  PURPOSES,
  RFM,
  STATES,
  STATUSES,
  type Condition,
} from './vocabulary.ts'

/** How a language says what stands in rules. */
export interface RuleWords {
  t: TFunction<['segments', 'states']>
  number: (value: number) => string
  percent: (share: number) => string
  /** Minor units of a currency, or of the shop's. */
  money: (minorUnits: number, currency?: string) => string
  duration: (milliseconds: number) => string
  either: (texts: readonly string[]) => string
  language: (code: string) => string
  country: (code: string) => string
}

/** Puts texts in the places of a sentence that are named `{so}`. */
const fillSentence = (pattern: string, texts: Readonly<Record<string, string>>): string =>
  pattern
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => texts[name] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

type Say = (value: unknown) => string

const quote =
  ({ t, number }: RuleWords): Say =>
  (value) => {
    if (typeof value === 'number') return number(value)
    if (typeof value === 'boolean') return value ? t('values.yes') : t('values.no')
    return value === null || value === undefined || value === ''
      ? '…'
      : t('values.text', { text: typeof value === 'string' ? value : JSON.stringify(value) })
  }

/** `is at least 3`: what a value has to be. */
function describeCondition(value: unknown, words: RuleWords, say: Say = quote(words)): string {
  const { operator, value: wanted, values = [] } = value as Condition
  if (!isOneOf(OPERATORS, operator)) return String(operator)
  return fillSentence(words.t(`operators.${operator}`), {
    value: say(wanted),
    values: words.either(values.map(say)),
  })
}

export const stateWord = ({ t }: RuleWords, region: string, state: string): string => {
  if (region === 'stage' && isOneOf(STATES.stage, state)) return t(`stage.${state}`, { ns: 'states' })
  if (region === 'value' && isOneOf(STATES.value, state)) return t(`value.${state}`, { ns: 'states' })
  if (region === 'engagement' && isOneOf(STATES.engagement, state))
    return t(`engagement.${state}`, { ns: 'states' })
  if (region === 'permission' && isOneOf(STATES.permission, state))
    return t(`permission.${state}`, { ns: 'states' })
  if (region === 'advocacy' && isOneOf(STATES.advocacy, state))
    return t(`advocacy.${state}`, { ns: 'states' })
  return state
}

export const regionWord = ({ t }: RuleWords, region: string): string =>
  Object.hasOwn(STATES, region) ? t(`region.${region as keyof typeof STATES}`, { ns: 'states' }) : region

function describeEvent(leaf: Leaf, words: RuleWords): string {
  const { t } = words
  const { type = 'track', name, atLeast = 1, within = null, where = [] } = leaf
  const isWindow = typeof within === 'number'
  const sentence = fillSentence(t(isNamed(String(type)) ? 'sentences.event' : 'sentences.call'), {
    type: isOneOf(EVENT_TYPES, type) ? t(`calls.${type}`) : String(type),
    name: name === undefined ? t('values.any') : quote(words)(name),
    atLeast: words.number(Number(atLeast)),
    within: fillSentence(t(isWindow ? 'sentences.window' : 'sentences.ever'), {
      duration: isWindow ? words.duration(within) : '',
    }),
  })
  const wheres = (where as { path: string[]; condition: unknown }[]).map(({ path, condition }) =>
    fillSentence(t('sentences.where'), {
      path: pathText(path) || '…',
      condition: describeCondition(condition, words),
    }),
  )
  return [sentence, ...wheres].join(', ')
}

function describeOrders({ figure, currency, condition }: Leaf, words: RuleWords): string {
  const isMoney = figure !== 'count'
  const say: Say = (value) =>
    typeof value !== 'number'
      ? '…'
      : isMoney
        ? words.money(value, typeof currency === 'string' ? currency : undefined)
        : words.number(value)
  return fillSentence(words.t('sentences.figure'), {
    figure: isOneOf(ORDER_FIGURES, figure) ? words.t(`orders.${figure}`) : String(figure),
    condition: describeCondition(condition, words, say),
  })
}

function describeForecast({ figure, condition }: Leaf, words: RuleWords): string {
  const say: Say = (value) => {
    if (typeof value !== 'number') return '…'
    if (figure === 'alive') return words.percent(value)
    return figure === 'orders' ? words.number(value) : words.money(value)
  }
  return fillSentence(words.t('sentences.figure'), {
    figure: isOneOf(FORECASTS, figure) ? words.t(`forecasts.${figure}`) : String(figure),
    condition: describeCondition(condition, words, say),
  })
}

/** A condition of a rule as a sentence without its subject: `did “Order Completed” at least 2× in the last 90 days`. */
export function describeLeaf(leaf: Leaf, words: RuleWords): string {
  const { t, either } = words
  const list = (value: unknown, say: (word: string) => string) => {
    const texts = textsOf(value)
    return texts.length === 0 ? '…' : either(texts.map(say))
  }
  switch (leaf.kind) {
    case 'event':
      return describeEvent(leaf, words)
    case 'trait':
      return fillSentence(t('sentences.trait'), {
        path: pathText(textsOf(leaf['path'])) || '…',
        condition: describeCondition(leaf['condition'], words),
      })
    case 'lifecycle': {
      const region = String(leaf['region'])
      return fillSentence(t('sentences.lifecycle'), {
        region: regionWord(words, region),
        states: list(leaf['states'], (state) => stateWord(words, region, state)),
      })
    }
    case 'consent':
      return fillSentence(t('sentences.consent'), {
        purpose: isOneOf(PURPOSES, leaf['purpose'])
          ? t(`purposes.${leaf['purpose']}`)
          : String(leaf['purpose']),
        statuses: list(leaf['statuses'], (status) =>
          isOneOf(STATUSES, status) ? t(`statuses.${status}`) : status,
        ),
      })
    case 'reachable':
      return t('sentences.reachable')
    case 'language':
      return fillSentence(t('sentences.language'), { languages: list(leaf['languages'], words.language) })
    case 'country':
      return fillSentence(t('sentences.country'), { countries: list(leaf['countries'], words.country) })
    case 'orders':
      return describeOrders(leaf, words)
    case 'ago':
      return fillSentence(t('sentences.ago'), {
        of: isOneOf(MOMENTS, leaf['of']) ? t(`moments.${leaf['of']}`) : String(leaf['of']),
        atLeast: words.duration(Number(leaf['atLeast'])),
      })
    case 'rfm':
      return fillSentence(t('sentences.rfm'), {
        groups: list(leaf['groups'], (group) => (isOneOf(RFM, group) ? t(`rfm.${group}`) : group)),
      })
    case 'prediction':
      break
  }
  return describeForecast(leaf, words)
}
