import { MESSAGE_STATES } from '@ciclo/engine'
import { z } from 'zod'

const byVariant = z.record(z.string(), z.int())

const ResponsesSchema = z.object({
  clicked: z.int(),
  unsubscribed: z.int(),
  bounced: z.int(),
  complained: z.int(),
})

/** What people did with a mail: each of them counts once for each. */
export type Responses = z.infer<typeof ResponsesSchema>

export const NO_RESPONSES: Responses = { clicked: 0, unsubscribed: 0, bounced: 0, complained: 0 }

/**
 * How many recipients of a campaign are where, as far as that does not change by itself any more or only the campaign
 * changes it. Together with the messages that are not counted yet they are the audience, at every moment.
 */
export const CampaignCountsSchema = z.object({
  audience: z.int(),
  /** By the reason. */
  skipped: byVariant,
  /** By the variant, as all that follows. */
  waiting: byVariant,
  cancelled: byVariant,
  /** Who was erased before the mail came to its end. */
  erased: byVariant,
  /** Then by the state, then by the reason. */
  ended: z.record(z.string(), z.partialRecord(z.enum(MESSAGE_STATES), z.record(z.string(), z.int()))),
  /** What those have done who were erased since. */
  forgotten: z.record(z.string(), ResponsesSchema),
})

export type CampaignCounts = z.infer<typeof CampaignCountsSchema>

export const NOBODY_COUNTED: CampaignCounts = {
  audience: 0,
  skipped: {},
  waiting: {},
  cancelled: {},
  erased: {},
  ended: {},
  forgotten: {},
}

/** Adds to one of several counts, which names that are also members of every object must not be mistaken for. */
export function addTo(counts: Record<string, number>, name: string, more: number): void {
  const sum = (Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0) + more
  if (sum === 0) delete counts[name]
  else counts[name] = sum
}

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0)
