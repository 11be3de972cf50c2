/**
 * A splitter for statements that bind at most `maxVariables` values.
 * Throws when a single row has more columns than a statement can bind, or fewer than one.
 */
export const makeInChunks =
  (maxVariables: number) =>
  <Row>(rows: readonly Row[], columnsPerRow: number): Row[][] => {
    const size = Math.floor(maxVariables / columnsPerRow)
    if (!Number.isInteger(columnsPerRow) || columnsPerRow < 1 || size < 1) {
      throw new Error(
        `inChunks was given ${columnsPerRow} columns per row, expected a whole number from 1 to ${maxVariables}`,
      )
    }
    return Array.from({ length: Math.ceil(rows.length / size) }, (_, chunk) =>
      rows.slice(chunk * size, (chunk + 1) * size),
    )
  }
