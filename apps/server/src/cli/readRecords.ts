import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { Line } from './openTextFile.ts'

/** One record of a CSV file and the row that it begins in, or what is wrong with that row. */
export type CsvRecord = { row: number; cells: string[] } | { row: number; problem: string }

/** A quoted cell may go over lines, but a quote that is never closed must not swallow the rest of the file. */
const LINES_PER_RECORD = 50

function parseRecord(text: string, delimiter: string, relaxQuotes = false): string[] | CsvError {
  // Most rows have no quotes, and then there is nothing to parse.
  if (!text.includes('"')) return text.split(delimiter)
  try {
    const [cells = []] = parse(text, { delimiter, relax_column_count: true, relax_quotes: relaxQuotes })
    return cells
  } catch (error) {
    if (error instanceof CsvError) return error
    throw error
  }
}

/** The record at the head of `lines` and how many of them it takes; undefined where more lines have to come first. */
function firstRecord(
  lines: readonly Line[],
  delimiter: string,
  isEnd: boolean,
): { taken: number; record: CsvRecord } | undefined {
  const [first] = lines
  if (first === undefined) return undefined
  const { number: row } = first
  let text = first.text
  for (let taken = 1; ; taken += 1) {
    const read = parseRecord(text, delimiter)
    if (Array.isArray(read)) return { taken, record: { row, cells: read } }
    const isOpen = read.code === 'CSV_QUOTE_NOT_CLOSED'
    const next = lines[taken]
    if (isOpen && next !== undefined) {
      text += `\n${next.text}`
      continue
    }
    if (isOpen && !isEnd && taken < LINES_PER_RECORD) return undefined
    break
  }
  // A quote inside an unquoted cell, as in 5" pipe, is only a character.
  const literal = parseRecord(first.text, delimiter, true)
  return {
    taken: 1,
    record: Array.isArray(literal)
      ? { row, cells: literal }
      : { row, problem: 'a quoted cell does not end where it should, expected " before the next cell' },
  }
}

/** Reads CSV (RFC 4180) out of lines. A broken row is reported, and never takes those after it along. */
export async function* readRecords(
  lines: AsyncIterable<Line> | Iterable<Line>,
  delimiter: string,
): AsyncGenerator<CsvRecord, void, undefined> {
  const waiting: Line[] = []
  function* settle(isEnd: boolean) {
    for (;;) {
      const found = firstRecord(waiting, delimiter, isEnd)
      if (!found) return
      waiting.splice(0, found.taken)
      yield found.record
    }
  }
  for await (const line of lines) {
    if (waiting.length === 0 && line.text.trim() === '') continue
    waiting.push(line)
    yield* settle(false)
  }
  yield* settle(true)
}
