import { CsvError, parse } from 'csv-parse/sync'
import type { Line } from './splitLines.ts'

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
  const problem = 'a quoted cell does not end where it should, expected " before the next cell'
  const alone = parseRecord(first.text, delimiter)
  if (Array.isArray(alone)) return { taken: 1, record: { row, cells: alone } }
  if (alone.code === 'INVALID_OPENING_QUOTE') {
    // A quote inside an unquoted cell, as in 5" pipe, is only a character.
    const literal = parseRecord(first.text, delimiter, true)
    return { taken: 1, record: Array.isArray(literal) ? { row, cells: literal } : { row, problem } }
  }
  if (alone.code === 'CSV_QUOTE_NOT_CLOSED') {
    let text = first.text
    for (const [position, { text: next }] of lines.slice(1).entries()) {
      text += `\n${next}`
      // An odd number of quotes leaves one open: parsing could only say so, and a file may be full of them.
      if (!next.includes('"') || text.split('"').length % 2 === 0) continue
      const cells = parseRecord(text, delimiter)
      if (Array.isArray(cells)) return { taken: position + 2, record: { row, cells } }
      if (cells.code !== 'CSV_QUOTE_NOT_CLOSED') return { taken: 1, record: { row, problem } }
    }
    if (!isEnd && lines.length < LINES_PER_RECORD) return undefined
  }
  return { taken: 1, record: { row, problem } }
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
    if (line.problem !== undefined) {
      // A cell that was open before it goes no further.
      yield* settle(true)
      yield { row: line.number, problem: line.problem }
      continue
    }
    if (waiting.length === 0 && line.text.trim() === '') continue
    waiting.push(line)
    yield* settle(false)
  }
  yield* settle(true)
}
