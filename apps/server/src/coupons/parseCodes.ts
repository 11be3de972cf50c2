import { parse } from 'csv-parse/sync'

/** One code as a file or a list has it. */
export interface ListedCode {
  /** Of the file or the list, from 1. */
  line: number
  /** What stands there: no text in a list that holds something else. */
  code: unknown
}

/**
 * The codes of a text: one a line, or of CSV (`,`, `;` or tabs) the column whose head is `code`, else the first one.
 * Throws what `csv-parse` says of a text that it cannot read.
 */
export function parseCodes(text: string): ListedCode[] {
  const rows = parse(text, {
    bom: true,
    delimiter: [',', ';', '\t'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as unknown as { info: { lines: number }; record: string[] }[]
  const head = rows[0]?.record.map((name) => name.trim().toLowerCase()).indexOf('code') ?? -1
  return rows
    .slice(head === -1 ? 0 : 1)
    .map(({ info, record }) => ({ line: info.lines, code: record[Math.max(head, 0)] ?? '' }))
}
