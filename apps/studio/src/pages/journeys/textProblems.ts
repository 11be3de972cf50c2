import { ApiProblem } from '../../api/apiProblem.ts'

/** More than these nobody reads at once. */
const MOST = 20

const isProblem = (value: unknown): value is { message: string; line?: unknown; path?: unknown } =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'

/** What the server has found wrong in a text, a line each, with the line of the text where it stands. */
export function textProblems(error: unknown): string[] {
  if (!(error instanceof ApiProblem)) return []
  return error.problems
    .filter(isProblem)
    .slice(0, MOST)
    .map(({ message, line, path }) => {
      const field = Array.isArray(path) && path.length > 0 ? `${path.join('.')}: ` : ''
      return typeof line === 'number' ? `${line}: ${field}${message}` : `${field}${message}`
    })
}
