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

/** Far more than a workspace may have: a browser's own customer is not filled with names. */
const KEPT_REFUSALS = 200

/** The topic that an event names, if it may be the name of one. */
export function topicIn(properties: Readonly<Record<string, unknown>>): string | null {
  const topic = JourneyIdSchema.safeParse(properties['topic'])
  return topic.success ? topic.data : null
}

export function withRefusedTopic(refused: readonly string[], topic: string): readonly string[] {
  return refused.includes(topic) ? refused : [...refused, topic].slice(-KEPT_REFUSALS)
}

export function withoutRefusedTopic(refused: readonly string[], topic: string): readonly string[] {
  return refused.includes(topic) ? refused.filter((one) => one !== topic) : refused
}

/** Whether a customer has left out what a mail is about. A topic that the workspace has given up keeps nothing back. */
export function isTopicRefused(
  refused: readonly string[],
  topic: string | null,
  topics: readonly Pick<Topic, 'id'>[],
): boolean {
  return topic !== null && refused.includes(topic) && topics.some(({ id }) => id === topic)
}
