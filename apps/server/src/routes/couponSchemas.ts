import { JourneyIdSchema } from '@ciclo/engine'
import { z } from 'zod'
import { PageQuerySchema } from './apiSchemas.ts'

const PoolSchema = z.object({
  pool: z.string(),
  /** Codes that nobody has. */
  free: z.int(),
  taken: z.int(),
})

export const PoolNameSchema = JourneyIdSchema

export const PoolsSchema = z.object({ pools: z.array(PoolSchema) })

export const CodesRequestSchema = z.object({ codes: z.array(z.unknown()) })

export const CodeImportSchema = PoolSchema.extend({
  added: z.int(),
  /** In the pool already, or more than once in the list. */
  duplicates: z.int(),
  refused: z.int(),
  /** The first of the refused: the line of the text or the place in the list, from 1, and why. */
  refusals: z.array(z.object({ line: z.int(), reason: z.string() })),
})

export const CodesSchema = z.object({
  codes: z.array(
    z.object({
      code: z.string(),
      state: z.enum(['free', 'taken']),
      /** Who has it; null also where that customer was erased. */
      customerId: z.string().nullable(),
      takenAt: z.iso.datetime().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
})

export const CodesQuerySchema = PageQuerySchema.extend({ state: z.enum(['free', 'taken']).optional() })

export const DeletedCodesSchema = PoolSchema.extend({ deleted: z.int() })
