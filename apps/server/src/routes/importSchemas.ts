import { z } from 'zod'
import { ImportedOrderSchema } from '../importOrders.ts'

const count = z.int()

export const ImportRequestSchema = z.object({ orders: z.array(ImportedOrderSchema).max(500) })

export const ImportedSchema = z.object({
  applied: count,
  /** Known already: the same file twice is the same once. */
  duplicate: count,
  /** Kept apart for somebody to look at. */
  parked: count,
  /** Of customers who were erased: nothing of them is taken in again. */
  erased: count,
})

const kind = z.enum(['orders', 'customers'])

export const ColumnsRequestSchema = z.strictObject({
  kind,
  /** The cells of the first row. */
  header: z.array(z.string().max(500)).max(500),
})

export const ColumnsSchema = z.object({
  fields: z.array(
    z.object({
      field: z.string(),
      /** The column that holds it, from 0, as far as its header says so. */
      column: z.int().nullable(),
      /** Without it no row can be read. */
      isNeeded: z.boolean(),
    }),
  ),
})

export const RowsRequestSchema = z.strictObject({
  kind,
  /** Nothing is stored: what would be refused is said. */
  dryRun: z.boolean().default(false),
  /** Of orders that name none: ISO 4217; left out, the workspace's own. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { message: 'expected a currency of ISO 4217, such as EUR' })
    .optional(),
  /** Cells by their field, and where in the file they stand. */
  rows: z
    .array(z.object({ row: z.int(), cells: z.record(z.string().max(40), z.string().max(2_000)) }))
    .max(500, { message: 'expected at most 500 rows at a time' }),
})

export const RowsSchema = ImportedSchema.extend({
  dryRun: z.boolean(),
  /** Rows that say what they have to: with `dryRun` what would be stored. */
  read: count,
  refused: z.array(z.object({ row: z.int(), reason: z.string() })),
})
