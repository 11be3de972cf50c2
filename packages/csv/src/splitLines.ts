export interface Line {
  /** From 1. */
  number: number
  text: string
  /** Why it could not be read, where nobody wants the whole file to break off for it: then it has no text. */
  problem?: string
}

/** Far more than a row of orders, and little enough to keep: a file without line ends is no table. */
const LONGEST_LINE = 1024 * 1024

/**
 * The lines of a text that comes in pieces, in flat memory; they end in \n, \r\n or \r. A byte order mark is left out.
 *
 * @param tooLong makes what is thrown where a line has more than 1,048,576 characters; without it such a line is left
 * out, and its problem told
 */
export async function* splitLines(
  pieces: AsyncIterable<string> | Iterable<string>,
  tooLong?: (row: number, longest: number) => Error,
): AsyncGenerator<Line, void, undefined> {
  let rest = ''
  let number = 0
  let isLeftOut = false
  const lineOf = (text: string): Line => {
    number += 1
    if (isLeftOut) {
      isLeftOut = false
      return {
        number,
        text: '',
        problem: `longer than ${LONGEST_LINE} characters, expected a row of a table`,
      }
    }
    return { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text }
  }
  for await (const piece of pieces) {
    // A \r at the end of a piece may be half of a \r\n: it waits for the next.
    const text = rest + piece
    const isCut = text.endsWith('\r')
    const parts = (isCut ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    rest = (parts.pop() ?? '') + (isCut ? '\r' : '')
    for (const part of parts) {
      if (part.length > LONGEST_LINE && !tooLong) isLeftOut = true
      yield lineOf(part)
    }
    if (rest.length <= LONGEST_LINE) continue
    if (tooLong) throw tooLong(number + 1, LONGEST_LINE)
    isLeftOut = true
    // What ends the line may stand in the next piece.
    rest = rest.endsWith('\r') ? '\r' : ''
  }
  const text = rest.replace(/\r$/, '')
  if (isLeftOut || text.replace(/^\uFEFF/, '') !== '') yield lineOf(text)
}
