import { z } from 'zod'
import { SUBSCRIPTION_FORMATS, SubscriptionOptionsSchema } from '../subscriptions/subscription.ts'

const time = z.iso.datetime()

export const SubscriptionSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Of a chat tool only where it is: whoever knows its whole address can write there. */
  url: z.string(),
  /** Names of events; empty: all. */
  events: z.array(z.string()),
  format: z.enum(SUBSCRIPTION_FORMATS),
  options: SubscriptionOptionsSchema,
  /** A token is never shown. */
  hasToken: z.boolean(),
  active: z.boolean(),
  /** What was wrong the last time that something was, and when. */
  problem: z.string().nullable(),
  problemAt: time.nullable(),
  /** Since when nothing has gone right; null where the last one has. */
  failingSince: time.nullable(),
  createdAt: time,
  updatedAt: time,
})

export const SubscriptionsSchema = z.object({ subscriptions: z.array(SubscriptionSchema) })

export const SubscriptionTestSchema = z.object({
  /** Whether it was taken. */
  taken: z.boolean(),
  /** Of the answer; null where there was none. */
  status: z.int().nullable(),
  /** What was answered, or why nothing was: its first 500 characters. */
  answer: z.string(),
})

export const ReplayedSchema = z.object({ replayed: z.int() })
export const DeletedSubscriptionSchema = z.object({ deleted: z.literal(true) })
