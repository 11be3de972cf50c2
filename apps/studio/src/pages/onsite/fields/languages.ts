import type { OnsiteMessage } from '@ciclo/engine'
import { emptyTexts } from '../start/startMessage.ts'

type Changes = Pick<OnsiteMessage, 'texts' | 'fields'>

/** The fields with what one makes of the words beside each of them and its options. */
const withLabels = (
  { fields }: OnsiteMessage,
  make: (label: Record<string, string>) => Record<string, string>,
) =>
  fields.map((field) => ({
    ...field,
    label: make(field.label),
    options: field.options.map((option) => ({ ...option, label: make(option.label) })),
  }))

/** With one more language: its words are still to be written. */
export const withLanguage = (message: OnsiteMessage, locale: string): Changes => ({
  texts: { ...message.texts, [locale]: emptyTexts(locale) },
  fields: withLabels(message, (label) => ({ ...label, [locale]: '' })),
})

const without = <Value>(all: Record<string, Value>, locale: string): Record<string, Value> => {
  const { [locale]: _gone, ...others } = all
  return others
}

export const withoutLanguage = (message: OnsiteMessage, locale: string): Changes => ({
  texts: without(message.texts, locale),
  fields: withLabels(message, (label) => without(label, locale)),
})
