import { OnsiteMessageSchema } from '@ciclo/engine'
import { z } from 'zod'

/** A message as it is saved: docs/onsite.md tells of each field. The id is that of the path where it is left out. */
export const OnsiteRequestSchema = z.record(z.string(), z.unknown())

export const OnsiteSchema = z.object({
  message: OnsiteMessageSchema,
  /** Of the message: what If-Match names. */
  hash: z.string(),
  /** It is live, and its time has come and not gone. */
  isShown: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

export const OnsiteFiguresQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(365).default(28),
})

export const OnsiteFiguresSchema = z.object({
  days: z.int(),
  shown: z.int(),
  closed: z.int(),
  clicked: z.int(),
  /** Contests entered and surveys answered. */
  answered: z.int(),
  /** Subscriptions by the form, confirmed or not. */
  signedUp: z.int(),
  /** The mean of the answers on the scale; null: none. */
  score: z.number().nullable(),
})

export const OnsiteListSchema = z.object({ messages: z.array(OnsiteSchema) })

export const OnsitePreviewRequestSchema = z.object({
  /** As it would be saved. */
  message: OnsiteRequestSchema,
  /** The language of the browser; null: it says none. */
  locale: z.string().max(35).nullable().default(null),
})
