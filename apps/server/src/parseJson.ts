import { CicloError } from './errors.ts'

/** The text of a request as what it says. Throws `bad-json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CicloError('bad-json', `The body is not JSON: ${(cause as Error).message}`, { cause })
  }
}
