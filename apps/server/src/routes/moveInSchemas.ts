import { z } from 'zod'
import { IMPORT_KINDS } from '../imports/formats/importFormat.ts'

const count = z.int()
const HEADERS = 500
const header = z.array(z.string().max(500)).min(1).max(HEADERS)

export const RecogniseRequestSchema = z.strictObject({ header })

export const RecognisedSchema = z.object({
  /** Null where it is none of those that are known. */
  format: z
    .object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(IMPORT_KINDS),
      /**
       * Where a record goes over several rows, the columns, from 0: rows that say the same in one, and nothing in the
       * other, go on with the record before them. Null where each row stands for itself.
       */
      goesOn: z.object({ same: count, blank: count }).nullable(),
    })
    .nullable(),
  /** What the likeliest of the others would have needed. */
  nearest: z.array(z.object({ name: z.string(), missing: z.array(z.string()) })),
})

export const RecordsRequestSchema = z.strictObject({
  format: z.string().max(60),
  header,
  /** Nothing is stored: what would come of it is said. */
  dryRun: z.boolean().default(false),
  /** Each with the row that it begins in, and the cells of all its rows. */
  records: z
    .array(
      z.object({
        row: z.int(),
        rows: z
          .array(z.array(z.string().max(20_000)).max(HEADERS))
          .min(1)
          .max(2_000),
      }),
    )
    .max(500, { message: 'expected at most 500 records at a time' }),
  /** The file that they are of, and how much of it is done with them: an import that breaks off goes on from there. */
  file: z
    .strictObject({
      id: z.string().min(8).max(100),
      name: z.string().max(300),
      size: z.int().min(0),
      position: z.int().min(0),
      rows: z.int().min(0),
      isEnd: z.boolean().default(false),
    })
    .optional(),
})

const remark = z.object({ row: count, reason: z.string() })

const MonthSchema = z.object({
  month: z.string(),
  currency: z.string(),
  orders: count,
  /** Minor units, net of refunds and cancellations. */
  revenue: count,
})

const CountsSchema = z.object({
  /** Customers whom nobody knew, who are known better, and of whom nothing new is said. */
  fresh: count,
  changed: count,
  unchanged: count,
  applied: count,
  duplicate: count,
  parked: count,
  erased: count,
  suppressed: count,
})

export const MovedInSchema = CountsSchema.extend({
  dryRun: z.boolean(),
  read: count,
  refused: z.array(remark),
  conflicts: z.array(remark),
  months: z.array(MonthSchema),
})

export const MonthsSchema = z.object({ months: z.array(MonthSchema) })

export const ImportRunSchema = z.object({
  id: z.string(),
  format: z.string(),
  file: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  size: count,
  position: count,
  rows: count,
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})

export const ImportRunsSchema = z.object({ imports: z.array(ImportRunSchema) })
