import { nearestName } from '@ciclo/engine'
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map of fields',
}

/** Characters of a value that a message shows. */
const SHOWN = 80

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  const text = JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

function oneOf(values: readonly unknown[], value: unknown): string {
  const names = values.map(String)
  const nearest = typeof value === 'string' ? nearestName(value, names) : undefined
  if (nearest !== undefined)
    return `${nearest}, or another of ${names.filter((one) => one !== nearest).join(', ')}`
  return names.length === 1 ? names.join() : `one of ${names.join(', ')}`
}

/** What would have been right. */
function expected(issue: Issue, value: unknown): string {
  if (issue.message.startsWith('expected ')) return issue.message.slice('expected '.length)
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values, value)
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options, value)
      // Of none of the alternatives.
      return [...new Set(issue.errors.flatMap(([first]) => (first ? [alternative(first, value)] : [])))].join(
        ', or ',
      )
    case 'invalid_format':
      return issue.format === 'url' ? 'an address that begins with http:// or https://' : issue.message
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break
  }
  return / expected (.*)$/s.exec(issue.message)?.[1] ?? issue.message
}

function alternative(issue: Issue, value: unknown): string {
  const [field] = issue.path
  if (issue.code === 'unrecognized_keys') return `none of ${issue.keys.join(', ')}`
  return field === undefined ? expected(issue, value) : `${String(field)}: ${expected(issue, undefined)}`
}

/** An issue as a sentence: `given "2 days", expected a duration: ...`. */
export const issueText = (issue: Issue, value: unknown): string =>
  issue.message.startsWith('given ')
    ? issue.message
    : `given ${shown(value)}, expected ${expected(issue, value)}`
