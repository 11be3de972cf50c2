import type { OnsiteMessage } from '@ciclo/engine'
import { START_WORDS, startLocale } from '../start/startTexts.ts'

export type OnsiteFieldOf = OnsiteMessage['fields'][number]

export const PRESETS = ['email', 'firstName', 'birthday', 'choice', 'choices', 'text'] as const
export type Preset = (typeof PRESETS)[number]

const KIND_OF: Readonly<Record<Preset, OnsiteFieldOf['type']>> = {
  email: 'email',
  firstName: 'text',
  birthday: 'date',
  choice: 'choice',
  choices: 'choices',
  text: 'text',
}

const NAME_OF: Readonly<Record<Preset, string>> = {
  email: 'email',
  firstName: 'firstName',
  birthday: 'birthday',
  choice: 'answer',
  choices: 'interests',
  text: 'note',
}

/** A name that no other question has. */
function freeName(name: string, fields: readonly OnsiteFieldOf[]): string {
  const taken = new Set(fields.map((field) => field.name))
  let number = 1
  while (taken.has(number === 1 ? name : `${name}${number}`)) number += 1
  return number === 1 ? name : `${name}${number}`
}

const labels = (locales: readonly string[], wordOf: (locale: string) => string) =>
  Object.fromEntries(locales.map((locale) => [locale, wordOf(locale)]))

/** A question as it is begun: with words where everybody would use the same. */
export function newField(
  preset: Preset,
  locales: readonly string[],
  fields: readonly OnsiteFieldOf[],
): OnsiteFieldOf {
  const type = KIND_OF[preset]
  const wordOf = (locale: string) =>
    preset === 'email' || preset === 'firstName' ? START_WORDS[startLocale(locale)][preset] : ''
  const isChoice = type === 'choice' || type === 'choices'
  return {
    name: freeName(NAME_OF[preset], fields),
    type,
    required: preset === 'email',
    label: labels(locales, wordOf),
    options: isChoice
      ? [1, 2].map((number) => ({ value: `answer${number}`, label: labels(locales, () => '') }))
      : [],
  }
}
