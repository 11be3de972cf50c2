import { z } from 'zod'
import { RECIPIENT_STATES } from '../store/recipientStates.ts'
import { PageQuerySchema } from './apiSchemas.ts'

const time = z.iso.datetime()
const reasons = z.record(z.string(), z.int())
const withReasons = z.object({ total: z.int(), reasons })

/** What a campaign is saved as: docs/campaigns.md tells of each field. */
export const CampaignRequestSchema = z.record(z.string(), z.unknown())

export const CampaignSchema = z.object({
  id: z.string(),
  status: z.enum(['draft', 'scheduled', 'freezing', 'sending', 'paused', 'done', 'cancelled']),
  definition: CampaignRequestSchema,
  /** Of the definition: what If-Match names. */
  hash: z.string(),
  /** When it begins, or has begun; null of a draft. */
  startAt: time.nullable(),
  /** Since when the audience stands. */
  frozenAt: time.nullable(),
  /** When the last mail has come to its end. */
  endedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
})

export const CampaignsSchema = z.object({
  campaigns: z.array(CampaignSchema),
  next: z.string().nullable(),
})

const ProblemSchema = z.object({ path: z.string(), message: z.string() })

export const CampaignPreviewSchema = z.object({
  at: time,
  /** When it would begin if it was started now. */
  startAt: time,
  /** How many are meant: some get the mail, and the others are skipped. */
  audience: z.int(),
  recipients: z.int(),
  skipped: withReasons,
  variants: z.array(z.object({ id: z.string(), template: z.string(), recipients: z.int() })),
  /** What keeps it from being started. */
  problems: z.array(ProblemSchema),
})

const places = {
  /** Their time has not come. */
  waiting: z.int(),
  /** Their mail is in the outbox, and why it waits there if it does. */
  queued: withReasons,
  sending: z.int(),
  sent: z.int(),
  refused: withReasons,
  failed: withReasons,
  expired: z.int(),
  dead: z.int(),
  unknown: z.int(),
  cancelled: z.int(),
  /** Were forgotten before their mail came to its end. */
  erased: z.int(),
}

export const CampaignFiguresSchema = z.object({
  status: CampaignSchema.shape.status,
  /** All of them: `skipped` and what follows, up to `erased`, add up to it. */
  audience: z.int(),
  skipped: withReasons,
  ...places,
  variants: z.array(
    z.object({
      id: z.string(),
      template: z.string(),
      weight: z.number(),
      /** Those that are not skipped. */
      recipients: z.int(),
      ...places,
      /** Sent, and has not come back. */
      delivered: z.int(),
      bounced: z.int(),
      complained: z.int(),
      unsubscribed: z.int(),
      /** People, not clicks, and no machines. */
      clicked: z.int(),
      clickRate: z.object({
        value: z.number().nullable(),
        word: z.string().nullable(),
        numerator: z.int(),
        denominator: z.int(),
      }),
    }),
  ),
  /** How much larger the click rate of a variant is than that of the first, with its 95 % interval. */
  comparisons: z.array(
    z.object({
      variant: z.string(),
      with: z.string(),
      difference: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      verdict: z.enum(['better', 'worse', 'unclear', 'not enough data yet']),
    }),
  ),
})

export const RecipientsQuerySchema = PageQuerySchema.extend({
  state: z.enum(RECIPIENT_STATES).optional(),
  reason: z.string().max(200).optional(),
})

export const RecipientsSchema = z.object({
  recipients: z.array(
    z.object({
      customerId: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      /** Of the mail in the outbox; null where none was made. */
      messageId: z.string().nullable(),
      /** Where the mail is; `sending` is in a server's hands. */
      state: z.enum([...RECIPIENT_STATES, 'sending']),
      reason: z.string().nullable(),
      variant: z.string().nullable(),
      dueAt: time,
      sentAt: time.nullable(),
      clickedAt: time.nullable(),
      unsubscribedAt: time.nullable(),
      bouncedAt: time.nullable(),
      complainedAt: time.nullable(),
    }),
  ),
  next: z.string().nullable(),
})
