import type { CsvRecord } from './readRecords.ts'

/** The rows below a header of so many columns: rows without a word are left out, broken ones come with what is wrong. */
export async function* readRows(
  records: AsyncIterable<CsvRecord>,
  width: number,
): AsyncGenerator<CsvRecord, void, undefined> {
  for await (const record of records) {
    if ('problem' in record) {
      yield record
      continue
    }
    const { row, cells } = record
    // Spreadsheets keep rows that once held something.
    if (cells.every((cell) => cell.trim() === '')) continue
    // One column more means a separator inside a value, as in an unquoted 12,50: all that follows would be shifted.
    yield cells.slice(width).some((cell) => cell.trim() !== '')
      ? { row, problem: `given ${cells.length} columns, expected ${width} as in the header` }
      : record
  }
}
