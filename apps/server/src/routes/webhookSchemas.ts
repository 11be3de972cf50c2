import { z } from 'zod'
import { WEBHOOK_STATES } from '../store/queries/webhooks.ts'
import { PageQuerySchema } from './apiSchemas.ts'

const time = z.iso.datetime()

const WebhookSchema = z.object({
  /** The same in every attempt: `webhook-id`. */
  id: z.string(),
  url: z.string(),
  state: z.enum(WEBHOOK_STATES),
  /** What the last attempt came to, unless it was delivered. */
  reason: z.string().nullable(),
  /** Of the last answer. */
  status: z.int().nullable(),
  attempts: z.int(),
  customerId: z.string(),
  journey: z.string().nullable(),
  step: z.string().nullable(),
  enrolment: z.string().nullable(),
  /** Whoever asked to be told, and of what; null for what a journey tells. */
  subscription: z.string().nullable(),
  event: z.string().nullable(),
  createdAt: time,
  /** When it is tried next; null at its end. */
  dueAt: time.nullable(),
  endedAt: time.nullable(),
})

export const WebhooksSchema = z.object({ webhooks: z.array(WebhookSchema), next: z.string().nullable() })

export const WebhookDetailSchema = WebhookSchema.extend({
  /** What is posted. */
  body: z.record(z.string(), z.unknown()),
})

export const WebhooksQuerySchema = PageQuerySchema.extend({
  state: z.enum(WEBHOOK_STATES).optional(),
  subscription: z.string().optional(),
  /** The name of an event. */
  event: z.string().optional(),
})

export const WebhookSecretSchema = z.object({
  /** Verifies signatures (standardwebhooks.com). For the receivers only. */
  secret: z.string(),
  /** Counts how often it was renewed. */
  version: z.int(),
})
