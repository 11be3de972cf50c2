import {
  delimiterOf,
  DELIMITERS,
  findFirstLine,
  readRecords,
  readRows,
  type CsvRecord,
  type Line,
} from '@ciclo/csv'
import { CicloError } from '../errors.ts'
import { findOrderColumns, type OrderColumns } from '../imports/orderColumns.ts'
import { readOrder, type ReadOrder } from '../imports/readOrder.ts'

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
  records: AsyncIterable<CsvRecord>,
  columns: OrderColumns,
  currency: string | undefined,
): AsyncGenerator<OrderRow, void, undefined> {
  for await (const record of records) {
    const { row } = record
    if ('problem' in record) yield { row, ok: false, reason: record.problem }
    else yield { row, ...readOrder(record.cells, columns, currency) }
  }
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
  const text = await findFirstLine(lines)
  if (!text) throw new CicloError('bad-request', `${name}: is empty, expected a header and a row per order`)
  const { first } = text
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
      rows: readCdnow(text.lines),
    }
  }
  const delimiter = delimiterOf(first.text)
  const records = readRecords(text.lines, delimiter)
  const { value: header } = await records.next()
  if (!header || 'problem' in header) {
    throw new CicloError('bad-request', `${where}: ${header?.problem ?? 'is empty'}, expected a header`)
  }
  const names = header.cells.map((cell) => cell.trim())
  const found = findOrderColumns(names, where, columns)
  const uses = Object.entries(found).map(([field, position]) => `${field} from "${names[position]}"`)
  return {
    description: `separated by ${DELIMITERS[delimiter]}: ${uses.join(', ')}`,
    rows: readCsv(readRows(records, names.length), found, currency),
  }
}
