import { SegmentRuleSchema, type SegmentRule } from '@ciclo/engine'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'

type Issue = z.core.$ZodIssue

/** What one of several schemas would have taken. */
const expectedIn = (issue: Issue) => (issue.code === 'invalid_type' ? [issue.expected] : [])

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (outer, name) =>
      typeof outer === 'object' && outer !== null && Object.hasOwn(outer, name)
        ? (outer as Record<PropertyKey, unknown>)[name]
        : undefined,
    value,
  )
}

/** A value to be shown, which somebody else has written and which may be long. */
const shown = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 100)

/** What a schema has against a place in the rule; of a choice, what there was to choose from. */
function messageOf(issue: Issue, given: unknown): string {
  if (issue.code !== 'invalid_union') return issue.message
  const options = 'options' in issue ? (issue.options ?? []) : issue.errors.flat().flatMap(expectedIn)
  return `given ${shown(valueAt(given, issue.path))}, expected ${options.length > 1 ? 'one of ' : ''}${options.map(String).join(', ')}`
}

/** What was given and is nothing that a rule has: a misspelt field must not look as if it counted. */
function unknownIn(
  given: unknown,
  read: unknown,
  path: readonly PropertyKey[] = [],
): PropertyKey[] | undefined {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null)
    return undefined
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(read, name)) return [...path, name]
    const deeper = unknownIn(value, (read as Record<string, unknown>)[name], [...path, name])
    if (deeper) return deeper
  }
  return undefined
}

const wrong = (path: readonly PropertyKey[], message: string) =>
  new CicloError('bad-request', `${['rule', ...path].map(String).join('.')}: ${message}`)

/** Reads a segment's rule. Throws `bad-request` that names the place in the rule, and what was expected there. */
export function readRule(value: unknown): SegmentRule {
  const parsed = SegmentRuleSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw issue ? wrong(issue.path, messageOf(issue, value)) : wrong([], 'wrong')
  }
  const path = unknownIn(value, parsed.data)
  if (path) throw wrong(path, 'there is no such field')
  return parsed.data
}
