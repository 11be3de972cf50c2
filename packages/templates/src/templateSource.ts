import { z } from 'zod'
import { LOCALES } from './locale.ts'

/**
 * A template as it is written and stored: one MJML document and, per locale, the strings that it shows.
 *
 * The MJML refers to a string by `{{ 'key' | t }}`. Strings are plain text with Liquid in them, never HTML.
 * `en` needs every key that is used, and always `subject` and `preheader`; the other locales fall back to it.
 */
export const TemplateSource = z.object({
  name: z.string().min(1).max(200),
  mjml: z.string().min(1),
  strings: z.record(z.enum(LOCALES), z.record(z.string(), z.string())),
})

export type TemplateSource = z.infer<typeof TemplateSource>
