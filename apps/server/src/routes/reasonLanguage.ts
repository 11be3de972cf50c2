import { SENTENCE_LOCALES, sentenceLanguageOf, type SentenceLanguage, type Settings } from '@ciclo/engine'
import type { Context } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import { z } from 'zod'

/** A language that reasons are told in, with or without a region: `pl`, `en-US`. */
export const LocaleQuerySchema = z.object({
  locale: z
    .string()
    .refine((tag) => sentenceLanguageOf(tag) !== undefined, {
      error: ({ input }) =>
        `given ${JSON.stringify(input)}, expected one of ${SENTENCE_LOCALES.join(', ')}, such as en-US`,
    })
    .optional(),
})

const ENGLISH: SentenceLanguage = { language: 'en', tag: 'en-GB' }

/** The language asked for, else the first that the caller's program accepts, else the workspace's own, else English. */
function languageFor(
  asked: string | undefined,
  accepted: string | undefined,
  { locale }: Settings,
): SentenceLanguage {
  const preferred = parseAccept(accepted ?? '').filter(({ q }) => q > 0)
  const tags = [asked ?? '', ...preferred.map(({ type }) => type), locale]
  return tags.map(sentenceLanguageOf).find((language) => language !== undefined) ?? ENGLISH
}

/** Chooses the language of an answer's sentences, and says which it is. */
export function reasonLanguage(
  context: Context,
  asked: string | undefined,
  settings: Settings,
): SentenceLanguage {
  const language = languageFor(asked, context.req.header('accept-language'), settings)
  context.header('content-language', language.language)
  context.header('vary', 'accept-language', { append: true })
  return language
}
