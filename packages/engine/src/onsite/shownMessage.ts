import { z } from 'zod'
import { HttpUrlSchema } from '../httpUrl.ts'

/** What a visitor may be asked for; each is a trait of that name, `email` aside, which is a claim until it is proven. */
export const OnsiteFieldSchema = z.strictObject({
  /** The trait that the answer becomes: `email`, `firstName`, `birthday`, `gender`, or one of the shop's own. */
  name: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/, { message: 'expected letters and digits, such as firstName' }),
  /** `choice` is one of the options, `choices` any of them; `date` is an ISO date such as 1990-05-17. */
  type: z.enum(['email', 'text', 'date', 'choice', 'choices']),
  label: z.string().min(1).max(120),
  required: z.boolean().default(false),
  options: z
    .array(z.strictObject({ value: z.string().min(1).max(80), label: z.string().min(1).max(80) }))
    .max(20)
    .default([]),
})

/** Where and when a browser shows a message. All that is given must hold. */
export const OnsiteRulesSchema = z.strictObject({
  /** Paths, with `*` for anything: `/cart`, `/products/*`. Empty: every page. */
  pages: z.array(z.string().startsWith('/').max(200)).max(50).default([]),
  /** Paths where it is never shown, whatever `pages` says. */
  notPages: z.array(z.string().startsWith('/').max(200)).max(50).default([]),
  /** By the width of the screen: below 600 px a phone, below 1,024 px a tablet. Empty: all. */
  devices: z.array(z.enum(['phone', 'tablet', 'desktop'])).default([]),
  /** Which visits (sessions) of this browser, from 1. */
  visits: z
    .strictObject({
      from: z.number().int().min(1).default(1),
      to: z.number().int().min(1).nullable().default(null),
    })
    .prefault({}),
  /** Percent of the page that were scrolled. */
  scroll: z.number().int().min(0).max(100).default(0),
  /** Seconds since the page was opened. */
  seconds: z.number().int().min(0).max(600).default(0),
  /** Only when the pointer leaves the page at its top, as for the address bar. */
  leaving: z.boolean().default(false),
})

/** How often one browser sees a message. Whoever has answered it is not asked again. */
export const OnsiteFrequencySchema = z.strictObject({
  /** Days that lie between two times. */
  days: z.number().int().min(0).max(365).default(7),
  /** Times in all; null: no limit. */
  most: z.number().int().min(1).max(100).nullable().default(3),
})

const text = (longest: number) => z.string().max(longest).default('')

/** The words of a message in one language. What is empty is not shown. */
export const OnsiteTextsSchema = z.strictObject({
  title: text(120),
  text: text(600),
  /** On the button that answers or follows the link. */
  button: text(60),
  /** What the button to close says to a screen reader. */
  close: z.string().min(1).max(60).default('Close'),
  /** Who keeps the answers and what for (GDPR, article 13), below the form. */
  clause: text(2_000),
  /** Beside the box that is never ticked beforehand; without it, no box, and no subscription. */
  consent: text(600),
  /** After an answer. */
  thanks: text(300),
  /** At the lowest and at the highest number of a scale. */
  low: text(60),
  high: text(60),
})

/** A message as a visitor's browser is told of it: in one language, and nothing of why it is this visitor's. */
export const ShownMessageSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['signUp', 'contest', 'popUp', 'bar', 'survey']),
  position: z.enum(['centre', 'corner', 'top', 'bottom']),
  locale: z.string(),
  texts: OnsiteTextsSchema,
  fields: z.array(OnsiteFieldSchema).max(12),
  /** What a subscription by this form is about; null: everything. */
  topic: z.string().nullable(),
  /** Where the button of a pop-up or bar leads; null: it closes. */
  link: HttpUrlSchema.nullable(),
  /** A code to be copied, of a last-minute offer. */
  code: z.string().max(60).nullable(),
  /** ISO 8601: the offer counts down to it, and is gone afterwards. */
  endsAt: z.string().nullable(),
  /** A survey's answers: the numbers `from` to `to`, or the options of its one field. */
  scale: z.strictObject({ from: z.number().int(), to: z.number().int() }).nullable(),
  colours: z.strictObject({
    accent: z.string(),
    onAccent: z.string(),
    background: z.string(),
    text: z.string(),
  }),
  /** Corners, in pixels. */
  radius: z.number(),
  rules: OnsiteRulesSchema,
  frequency: OnsiteFrequencySchema,
})

/** What `POST /v1/onsite` answers: the messages that this visitor may see, the most important first. */
export const OnsiteAnswerSchema = z.strictObject({ messages: z.array(ShownMessageSchema) })

export type OnsiteField = z.infer<typeof OnsiteFieldSchema>
export type OnsiteRules = z.infer<typeof OnsiteRulesSchema>
export type OnsiteFrequency = z.infer<typeof OnsiteFrequencySchema>
export type ShownMessage = z.infer<typeof ShownMessageSchema>
export type OnsiteAnswer = z.infer<typeof OnsiteAnswerSchema>
