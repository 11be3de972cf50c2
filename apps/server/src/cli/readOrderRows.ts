import { CicloError } from '../errors.ts'
import type { Line } from './openTextFile.ts'
import { findOrderColumns, type OrderColumns } from './orderColumns.ts'
import { readOrder, type ReadOrder } from './readOrder.ts'
import { readRecords } from './readRecords.ts'

export interface OrderFormatOptions {
  /** `field=header,...`, the user's own choice. */
  columns?: string
  /** Of orders that name none. */
  currency?: string
}

/** One row of the file: an order, or why it is none. */
export type OrderRow = { row: number } & ReadOrder

/** The rows of a file, and how it is read, for people. */
export interface OrderRows {
  description: string
  rows: AsyncGenerator<OrderRow, void, undefined>
}

const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const
type Delimiter = keyof typeof DELIMITERS

/** The separator that the header has most of, quoted cells left out; a comma where it has none. */
function delimiterOf(header: string): Delimiter {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const widthBy = (delimiter: string) => bare.split(delimiter).length
  return (['\t', ';'] as const).reduce<Delimiter>(
    (best, delimiter) => (widthBy(delimiter) > widthBy(best) ? delimiter : best),
    ',',
  )
}

const CDNOW = /^\s*\d+\s+\d+\s+\d{8}\s+\d+\s+\d+(\.\d+)?\s*$/
const CDNOW_COLUMNS: OrderColumns = { user_id: 1, date: 2, total: 4, order_id: 5 }

async function* readCdnow(
  lines: Iterable<Line> | AsyncIterable<Line>,
): AsyncGenerator<OrderRow, void, undefined> {
  for await (const { number: row, text } of lines) {
    if (text.trim() === '') continue
    if (CDNOW.test(text)) {
      yield { row, ...readOrder([...text.trim().split(/\s+/), `cdnow-${row}`], CDNOW_COLUMNS, 'USD') }
    } else {
      yield {
        row,
        ok: false,
        reason: 'expected five columns: original id, id, date YYYYMMDD, items, dollars',
      }
    }
  }
}

async function* readCsv(
  lines: AsyncIterable<Line>,
  width: number,
  columns: OrderColumns,
  delimiter: Delimiter,
  currency: string | undefined,
): AsyncGenerator<OrderRow, void, undefined> {
  for await (const record of readRecords(lines, delimiter)) {
    const { row } = record
    if ('problem' in record) {
      yield { row, ok: false, reason: record.problem }
      continue
    }
    const { cells } = record
    // Spreadsheets keep rows that once held something.
    if (cells.every((cell) => cell.trim() === '')) continue
    // One column more means a separator inside a value, as in an unquoted 12,50: all that follows would be shifted.
    if (cells.slice(width).some((cell) => cell.trim() !== '')) {
      yield { row, ok: false, reason: `given ${cells.length} columns, expected ${width} as in the header` }
      continue
    }
    yield { row, ...readOrder(cells, columns, currency) }
  }
}

async function* withFirst(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line, void, undefined> {
  yield first
  yield* rest
}

/**
 * Finds out how a file of orders is written, from its first line that is not empty.
 * Throws `bad-request` where that line is neither a header with the columns that are needed nor a row of CDNOW.
 */
export async function readOrderRows(
  name: string,
  lines: AsyncGenerator<Line, void, undefined>,
  { columns, currency }: OrderFormatOptions,
): Promise<OrderRows> {
  let next = await lines.next()
  while (!next.done && next.value.text.trim() === '') next = await lines.next()
  if (next.done)
    throw new CicloError('bad-request', `${name}: is empty, expected a header and a row per order`)
  const first = next.value
  const where = `${name}, row ${first.number}`
  // U+FFFD stands for what is not UTF-8. A workbook is a zip archive.
  if (/[\0\uFFFD]/.test(first.text) || first.text.startsWith('PK')) {
    throw new CicloError(
      'bad-request',
      `${where}: is not text in UTF-8, expected a CSV file (a spreadsheet exports one)`,
    )
  }
  if (columns === undefined && CDNOW.test(first.text)) {
    return {
      description: 'in the form of the CDNOW data set: customer from the second column, in USD',
      rows: readCdnow(withFirst(first, lines)),
    }
  }
  const delimiter = delimiterOf(first.text)
  const { value: header } = await readRecords([first], delimiter).next()
  if (!header || 'problem' in header) {
    throw new CicloError('bad-request', `${where}: ${header?.problem ?? 'is empty'}, expected a header`)
  }
  const names = header.cells.map((cell) => cell.trim())
  const found = findOrderColumns(names, where, columns)
  const uses = Object.entries(found).map(([field, position]) => `${field} from "${names[position]}"`)
  return {
    description: `separated by ${DELIMITERS[delimiter]}: ${uses.join(', ')}`,
    rows: readCsv(lines, names.length, found, delimiter, currency),
  }
}
