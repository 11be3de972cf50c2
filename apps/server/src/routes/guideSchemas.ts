import { z } from 'zod'
import { GUIDE_STEPS } from '../guide/guideFacts.ts'

const time = z.iso.datetime()

export const GuideStepSchema = z.enum(GUIDE_STEPS)

export const GuideSchema = z.object({
  steps: z.array(
    z.object({
      id: GuideStepSchema,
      /** Found out from what the workspace has, never from what somebody has clicked. */
      isDone: z.boolean(),
      /** Since when, where that is known. */
      doneAt: time.nullable(),
      /** Somebody has put it off. */
      isLater: z.boolean(),
    }),
  ),
  /** For the shop's pages, as it is public anyway; null where it was chosen elsewhere and only its hash is known here. */
  writeKey: z.string().nullable(),
  /** The newest event of a browser since this server has started. */
  lastBrowserEvent: z
    .object({ at: time, type: z.string(), name: z.string().nullable(), page: z.string().nullable() })
    .nullable(),
  /** Where mails go that no sender of its own takes: a server, or a folder of this one that the demo shows as a page. */
  mail: z.object({ goesOut: z.boolean(), mailbox: z.string().nullable() }),
})

export const LaterRequestSchema = z.strictObject({ isLater: z.boolean() })
