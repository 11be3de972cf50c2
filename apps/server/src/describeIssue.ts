import type { z } from 'zod'

/** What a schema has against a value, in one line: where it is wrong, and what was expected. */
export function describeIssue({ issues }: z.ZodError, whole: string): string {
  const [issue] = issues
  return `${issue?.path.join('.') || whole}: ${issue?.message ?? 'wrong'}`
}
