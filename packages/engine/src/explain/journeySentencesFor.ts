import type { JourneySentences } from './journeySentences.ts'
import { journeySentencesEn } from './journeySentencesEn.ts'
import { journeySentencesEs } from './journeySentencesEs.ts'
import { journeySentencesPl } from './journeySentencesPl.ts'
import { journeySentencesRo } from './journeySentencesRo.ts'
import type { SentenceLanguage, SentenceLocale } from './sentenceLocale.ts'

const SENTENCES: Record<SentenceLocale, JourneySentences> = {
  en: journeySentencesEn,
  es: journeySentencesEs,
  pl: journeySentencesPl,
  ro: journeySentencesRo,
}

export const journeySentencesFor = ({ language }: SentenceLanguage): JourneySentences => SENTENCES[language]
