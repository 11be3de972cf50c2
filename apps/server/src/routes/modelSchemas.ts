import { PredictionFitSchema, TooLittleDataSchema } from '@ciclo/engine'
import { z } from 'zod'

const time = z.iso.datetime()

/** What customers are predicted by. Times in the models are days, money is minor units of the workspace's currency. */
export const ModelSchema = z.object({
  /** Null until there is enough data, and the first weekly refresh after that. */
  fit: PredictionFitSchema.extend({ at: time, firstAt: time, lastAt: time }).nullable(),
  /** What there is too little of; null where there is a fit, or enough for the next one. */
  missing: TooLittleDataSchema.omit({ kind: true }).nullable(),
  /** The version of the rules that holds it, and since when that is valid; null: from the beginning. */
  version: z.int(),
  validFrom: time.nullable(),
})

export const JobsSchema = z.object({
  jobs: z.array(
    z.object({
      name: z.string(),
      /** When it runs next; null: only when asked. */
      dueAt: time.nullable(),
      isRunning: z.boolean(),
      /** How far the run under way has come. */
      progress: z.record(z.string(), z.unknown()).nullable(),
      /** When the last run ended, and what it had to say. */
      endedAt: time.nullable(),
      result: z.record(z.string(), z.unknown()).nullable(),
      /** Why the last try failed; it is tried again. */
      error: z.string().nullable(),
    }),
  ),
})

export const RefreshSchema = z.object({
  /** `curve`: gap curve, VIP line and RFM lines; `predictions`: those, and the models fitted anew. */
  what: z.enum(['curve', 'predictions']).default('predictions'),
})
