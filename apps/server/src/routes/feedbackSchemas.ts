import { z } from 'zod'
import { ProviderSchema } from '../feedback/hookAddresses.ts'

export const NewHookSchema = z.strictObject({
  provider: ProviderSchema,
  /**
   * What its calls are checked by: the ARN of the topic for SES, `user:password` for Postmark, the webhook signing key
   * for Mailgun, the verification key for SendGrid.
   */
  key: z.string().min(3).max(1_000).nullable().default(null),
})

export const HookSchema = z.object({
  provider: ProviderSchema,
  /** To be given to the provider, and to nobody else. */
  url: z.string(),
})

export const RenewedSchema = z.object({
  /** Counts how often they were renewed. */
  version: z.int(),
})

export const ReportsSchema = z.object({
  reports: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      /** Which way it came: `smtp`, `maildir`, or the provider. */
      via: z.string(),
      /** Why nothing was made of it. */
      reason: z.string(),
      /** How it begins, in lower case. */
      excerpt: z.string(),
    }),
  ),
  next: z.string().nullable(),
})

export const DeletedReportSchema = z.object({ id: z.string() })
