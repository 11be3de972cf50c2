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

export const OnsiteListSchema = z.object({ messages: z.array(OnsiteSchema) })

export const OnsitePreviewRequestSchema = z.object({
  /** As it would be saved. */
  message: OnsiteRequestSchema,
  /** The language of the browser; null: it says none. */
  locale: z.string().max(35).nullable().default(null),
})
