export interface Line {
  /** From 1. */
  number: number
  text: string
}

/** Far more than a row of orders, and little enough to keep: a file without line ends is no table. */
const LONGEST_LINE = 1024 * 1024

/**
 * The lines of a text that comes in pieces, in flat memory; they end in \n, \r\n or \r. A byte order mark is left out.
 *
 * @param tooLong makes what is thrown where a line has more than 1,048,576 characters
 */
export async function* splitLines(
  pieces: AsyncIterable<string> | Iterable<string>,
  tooLong: (row: number, longest: number) => Error,
): AsyncGenerator<Line, void, undefined> {
  let rest = ''
  let number = 0
  for await (const piece of pieces) {
    // A \r at the end of a piece may be half of a \r\n: it waits for the next.
    const text = rest + piece
    const isCut = text.endsWith('\r')
    const parts = (isCut ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    rest = (parts.pop() ?? '') + (isCut ? '\r' : '')
    for (const part of parts) {
      number += 1
      yield { number, text: number === 1 ? part.replace(/^\uFEFF/, '') : part }
    }
    if (rest.length > LONGEST_LINE) throw tooLong(number + 1, LONGEST_LINE)
  }
  const text = rest.replace(/^\uFEFF/, '').replace(/\r$/, '')
  if (text !== '') yield { number: number + 1, text }
}
