import { OnsiteMessageSchema, type OnsiteMessage } from '@ciclo/engine'
import { describeIssue } from '../describeIssue.ts'
import { CicloError } from '../errors.ts'

/** Reads a message as it was given. Throws `bad-request` that names every place, and what was expected there. */
export function readOnsite(value: unknown, whole: string): OnsiteMessage {
  const parsed = OnsiteMessageSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new CicloError('bad-request', describeIssue(parsed.error, whole), {
    problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || whole, message })),
  })
}
