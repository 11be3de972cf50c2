/** The languages that reasons are told in: a table of sentences each. */
export const SENTENCE_LOCALES = ['en', 'es', 'pl', 'ro'] as const
export type SentenceLocale = (typeof SENTENCE_LOCALES)[number]

export interface SentenceLanguage {
  language: SentenceLocale
  /** What dates and money are written by: BCP 47. */
  tag: string
}

/**
 * The language of a tag such as `pl` or `en-US`, or undefined where there are no sentences in it. Of the tag only
 * language and region count. English without a region puts the day before the month, as most of the world does.
 */
export function sentenceLanguageOf(tag: string): SentenceLanguage | undefined {
  const [primary = '', ...rest] = tag.trim().split(/[-_]/)
  const language = SENTENCE_LOCALES.find((locale) => locale === primary.toLowerCase())
  if (language === undefined) return undefined
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase()
  return { language, tag: region ? `${language}-${region}` : language === 'en' ? 'en-GB' : language }
}
