import type { Block } from '@ciclo/templates/editing'
import { useTranslation } from 'react-i18next'

/** The words for kinds, values and options, which are named by the catalogue. */
export function useSectionWords() {
  const { t } = useTranslation('template')
  const kindOf = (kind: Block['kind']): string => t(`sections.kinds.${kind}.name`)
  /** `text2` is the second text of its section. */
  const fieldOf = (name: string): string => {
    const [, stem = name, number = ''] = /^([a-zA-Z]+?)(\d*)$/.exec(name) ?? []
    const word = t(`sections.fields.${stem}` as 'sections.fields.answer', { number })
    return number === '' || stem === 'answer' ? word : `${word} ${number}`
  }
  return {
    kind: kindOf,
    field: fieldOf,
    /** What a text is called that stands among those of other sections. */
    text: (kind: Block['kind'], name: string): string =>
      [...new Set([kindOf(kind), fieldOf(name)])].join(': '),
    option: (field: string, option: string): string =>
      t(`sections.options.${field}.${option}` as 'sections.options.link.own'),
  }
}
