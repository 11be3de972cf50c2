const SHOWN = 60

/** Why a row is refused: what was given in which field, and what was expected. */
export function refusalOf(field: string, given: string, expected: string): string {
  const shown = given.length > SHOWN ? `${given.slice(0, SHOWN)}...` : given
  return `${field}: given ${shown === '' ? 'nothing' : JSON.stringify(shown)}, expected ${expected}`
}

/** What a spreadsheet would run instead of show; a number with a sign is none. */
const isFormula = (text: string) => /^[=@]/.test(text) || /^[+-](?![\d .]+$)/.test(text)

/** A text as it may be kept: what was not UTF-8 has become U+FFFD, and control characters come from a broken row. */
export const isPlain = (text: string): boolean => !/[\p{Cc}\uFFFD]/u.test(text) && !isFormula(text)

export const PLAIN = 'plain text, no formula or control character'
