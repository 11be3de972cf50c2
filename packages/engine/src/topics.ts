import { z } from 'zod'
import { JourneyIdSchema } from './journeys/journeyId.ts'

/** What marketing mails are about: customers leave out what they do not want, and keep the rest. */
export const TopicSchema = z.object({
  id: JourneyIdSchema,
  /** By locale: `{ "en": "New arrivals", "es": "Novedades" }`. */
  name: z
    .record(z.string().regex(/^[a-z]{2}$/), z.string().min(1).max(100))
    .refine((names) => Object.keys(names).length > 0, {
      message: 'expected a name in at least one language',
    }),
})

export const TopicsSchema = z
  .array(TopicSchema)
  .max(50, { message: 'expected at most 50 topics' })
  .refine((topics) => new Set(topics.map(({ id }) => id)).size === topics.length, {
    message: 'expected every topic once',
  })

export type Topic = z.infer<typeof TopicSchema>
