import { z } from 'zod'

/** A language: `en`, `pl`, `ar`. */
const LocaleName = z.string().regex(/^[a-z]{2,3}$/, { message: 'expected a language such as en or pl' })

const Strings = z.record(LocaleName, z.record(z.string().min(1).max(100), z.string().max(20_000)))

/** Above what any mail needs; what is larger costs a compile seconds. */
const MJML_LENGTH = 200_000

/**
 * A template as it is written and stored: one MJML document and, per language, the strings that it shows.
 *
 * The MJML refers to a string by `{{ 'key' | t }}`. Strings are plain text with Liquid in them, never HTML. `en` (the
 * first language by name, where there is no `en`) needs every key that is used, and always `subject` and `preheader`;
 * the other languages fall back to it.
 */
export const TemplateSource = z.object({
  name: z.string().min(1).max(200),
  mjml: z.string().min(1).max(MJML_LENGTH),
  strings: Strings.refine((strings) => Object.keys(strings).length > 0, {
    message: 'expected the strings of at least one language',
  }),
  /** Of strings that address people: how a shop words them that is formal with its customers. */
  formal: Strings.optional(),
  /** For what it is sent, where no journey says it: it is checked and shown as that. Marketing, if left out. */
  purpose: z.enum(['marketing', 'transactional']).optional(),
  /** What becomes of a mail that was in a server's hands when the sender crashed; sent again, if left out. */
  afterCrash: z.enum(['resend', 'hold']).optional(),
})

export type TemplateSource = z.infer<typeof TemplateSource>
