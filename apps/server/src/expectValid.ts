import type { z } from 'zod'
import { describeIssue } from './describeIssue.ts'
import { CicloError } from './errors.ts'

/** A value as its schema has it. Throws `bad-request` that says where in the `whole` it is wrong. */
export function expectValid<Value>(schema: z.ZodType<Value>, value: unknown, whole: string): Value {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new CicloError('bad-request', describeIssue(parsed.error, whole))
  return parsed.data
}
