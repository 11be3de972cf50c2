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

interface Fault {
  path: readonly PropertyKey[]
  message: string
}

const placeOf = (path: readonly PropertyKey[]) => ['rule', ...path].map(String).join('.')

function wrong(...faults: [Fault, ...Fault[]]): CicloError {
  const problems = faults.map(({ path, message }) => ({ path: placeOf(path), message }))
  const [{ path, message }] = faults
  return new CicloError('bad-request', `${placeOf(path)}: ${message}`, { problems })
}

/**
 * Reads a segment's rule. Throws `bad-request` that names the first wrong place in the rule, and what was expected
 * there; its `problems` name them all.
 */
export function readRule(value: unknown): SegmentRule {
  const parsed = SegmentRuleSchema.safeParse(value)
  if (!parsed.success) {
    const [first, ...others] = parsed.error.issues.map((issue) => ({
      path: issue.path,
      message: messageOf(issue, value),
    }))
    throw wrong(first ?? { path: [], message: 'wrong' }, ...others)
  }
  const path = unknownIn(value, parsed.data)
  if (path) throw wrong({ path, message: 'there is no such field' })
  return parsed.data
}
