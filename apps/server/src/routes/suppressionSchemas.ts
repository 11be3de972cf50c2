import { z } from 'zod'
import { SUPPRESSION_REASONS } from '../store/queries/suppressions.ts'
import { PageQuerySchema } from './apiSchemas.ts'

const SuppressionReasonSchema = z.enum(SUPPRESSION_REASONS)

export const SuppressionSchema = z.object({
  /** Null of who was erased, of whom only a keyed hash is left. */
  address: z.string().nullable(),
  /** The keyed hash of the address, by which mails are kept back. */
  hash: z.string(),
  /** `bounce` stops all mail, `complaint` and `erased` marketing for good, `unsubscribed` until a newer yes. */
  reason: z.enum([...SUPPRESSION_REASONS, 'erased']),
  at: z.iso.datetime(),
  /** What the server said, or why somebody has put it on the list. */
  detail: z.string().nullable(),
  /** What lies beneath a bounce, and stands again when it is removed. */
  under: z.enum(['unsubscribed', 'complaint']).nullable(),
})

export const SuppressionsSchema = z.object({
  suppressions: z.array(SuppressionSchema),
  next: z.string().nullable(),
})

export const SuppressionsQuerySchema = PageQuerySchema.extend({
  reason: z.enum([...SUPPRESSION_REASONS, 'erased']).optional(),
  /** One address alone. */
  address: z.string().optional(),
})

const because = z
  .string({ message: 'expected why, in a few words' })
  .trim()
  .min(3, { message: 'expected why, in a few words' })
  .max(500)

export const NewSuppressionSchema = z.strictObject({
  address: z.string(),
  reason: SuppressionReasonSchema,
  because,
})

export const RemovalSchema = z.strictObject({
  address: z.string(),
  because,
  /** For whom a complaint or an erasure keeps out: whoever asks for it answers for it. */
  force: z.boolean().default(false),
})

export const RemovedSchema = z.object({
  removed: SuppressionSchema,
  /** The customer who may be written to again, if somebody has the address. */
  customerId: z.string().nullable(),
  /** What lay beneath the bounce: by this the address is on the list still. */
  left: z.enum(['unsubscribed', 'complaint']).nullable(),
})

export const SuppressionImportQuerySchema = z.object({ reason: SuppressionReasonSchema.optional() })

export const SuppressionImportSchema = z.object({
  /** Rows that were read, also of addresses that are on the list already. */
  read: z.int(),
  byReason: z.record(z.string(), z.int()),
  refused: z.int(),
  /** The first of the refused. */
  refusals: z.array(z.object({ line: z.int(), reason: z.string() })),
})

export const SuppressionExportQuerySchema = z.object({ format: z.enum(['csv', 'jsonl']).default('csv') })
