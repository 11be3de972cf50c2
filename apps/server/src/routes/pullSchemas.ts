import { z } from 'zod'
import { PULLED } from '../platforms/pull/pullSource.ts'

const time = z.iso.datetime()

export const PullRequestSchema = z.strictObject({
  /** Only what has changed since; left out, everything. What was stopped or has failed goes on with `resume`. */
  since: time.optional(),
  resume: z.boolean().default(false),
})

export const PullsSchema = z.object({
  pulls: z.array(
    z.object({
      resource: z.enum(PULLED),
      state: z.enum(['waiting', 'running', 'done', 'failed', 'stopped']),
      /** What the system says there is. */
      total: z.int().nullable(),
      read: z.int(),
      /** Events and products that were not known before. */
      applied: z.int(),
      refused: z.int(),
      /** Why, of the first few; and what the system said last where it has failed. */
      problems: z.array(z.string()),
      since: time.nullable(),
      startedAt: time,
      updatedAt: time,
      endedAt: time.nullable(),
    }),
  ),
})
