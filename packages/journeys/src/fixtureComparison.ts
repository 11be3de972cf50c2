import { isDeepStrictEqual } from 'node:util'

/** A mail, a run or the like, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>

/** Whether a row is what is expected: in all that is said of it. */
const isAsExpected = (expected: Row, got: Row) =>
  Object.entries(expected).every(([name, value]) => isDeepStrictEqual(value, got[name]))

/** How many rows can be paired from each place on, in their order. */
function pairable(expected: readonly Row[], got: readonly Row[]): number[][] {
  const counts = Array.from({ length: expected.length + 1 }, () => Array<number>(got.length + 1).fill(0))
  const at = (row: number, column: number) => counts[row]?.[column] ?? 0
  for (let row = expected.length - 1; row >= 0; row -= 1) {
    for (let column = got.length - 1; column >= 0; column -= 1) {
      const pairs = isAsExpected(expected[row] as Row, got[column] as Row)
      ;(counts[row] as number[])[column] = Math.max(
        at(row + 1, column),
        at(row, column + 1),
        pairs ? 1 + at(row + 1, column + 1) : 0,
      )
    }
  }
  return counts
}

/** `=` as expected, `-` expected and missing, `+` there and not expected. */
export type Line = readonly ['=' | '-' | '+', Row]

/** Pairs as many expected rows as there are with what was got, both in their order. */
export function compareRows(expected: readonly Row[], got: readonly Row[]): Line[] {
  const counts = pairable(expected, got)
  const lines: Line[] = []
  let row = 0
  let column = 0
  while (row < expected.length || column < got.length) {
    const wanted = expected[row]
    const found = got[column]
    const best = counts[row]?.[column] ?? 0
    if (wanted && found && isAsExpected(wanted, found) && best === 1 + (counts[row + 1]?.[column + 1] ?? 0)) {
      lines.push(['=', found])
      row += 1
      column += 1
    } else if (wanted && (!found || (counts[row + 1]?.[column] ?? 0) >= (counts[row]?.[column + 1] ?? 0))) {
      lines.push(['-', wanted])
      row += 1
    } else if (found) {
      lines.push(['+', found])
      column += 1
    }
  }
  return lines
}
