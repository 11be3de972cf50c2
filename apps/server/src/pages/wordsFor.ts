import type { Settings } from '@ciclo/engine'
import type { Locale } from '@ciclo/templates'
import { PAGE_STRINGS_EN } from './pageStringsEn.ts'
import { PAGE_STRINGS_ES, PAGE_STRINGS_ES_FORMAL } from './pageStringsEs.ts'
import { PAGE_STRINGS_PL, PAGE_STRINGS_PL_FORMAL } from './pageStringsPl.ts'
import { PAGE_STRINGS_RO, PAGE_STRINGS_RO_FORMAL } from './pageStringsRo.ts'
import type { PageStrings } from './pageStrings.ts'

type Wordings = Readonly<Record<Settings['formality'], PageStrings>>

const WORDINGS: Readonly<Record<Locale, Wordings>> = {
  en: { informal: PAGE_STRINGS_EN, formal: PAGE_STRINGS_EN },
  es: { informal: PAGE_STRINGS_ES, formal: { ...PAGE_STRINGS_ES, ...PAGE_STRINGS_ES_FORMAL } },
  pl: { informal: PAGE_STRINGS_PL, formal: { ...PAGE_STRINGS_PL, ...PAGE_STRINGS_PL_FORMAL } },
  ro: { informal: PAGE_STRINGS_RO, formal: { ...PAGE_STRINGS_RO, ...PAGE_STRINGS_RO_FORMAL } },
}

/** The strings of the pages in a language, and in the shop's way of addressing people. */
export const wordsFor = (locale: Locale, formality: Settings['formality']): PageStrings =>
  WORDINGS[locale][formality]
