import type { Campaign } from '../../../api/contract.ts'
import type { TemplateValue } from '../../templates/templateQueries.ts'

type Strings = Campaign['strings']

/** A template whose texts a campaign and its variant word otherwise, also the formal ones: in the languages it has. */
export function wordedAs(value: TemplateValue, common: Strings, own: Strings): TemplateValue {
  const word = (texts: TemplateValue['strings']): TemplateValue['strings'] =>
    Object.fromEntries(
      Object.entries(texts).map(([locale, words]) => [
        locale,
        { ...words, ...common[locale], ...own[locale] },
      ]),
    )
  return {
    ...value,
    strings: word(value.strings),
    ...(value.formal === undefined ? {} : { formal: word(value.formal) }),
  }
}
