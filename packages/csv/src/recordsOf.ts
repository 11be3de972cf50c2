import type { Table } from './openTable.ts'

/** A row of a file that somebody has to look at. */
export interface Remark {
  row: number
  reason: string
}

/** Rows that belong together, by the number of the first: an order may go over several. */
export interface TableRecord {
  row: number
  rows: string[][]
}

/** A row goes on with the record before it where it says the same in one column, and nothing in another. */
export interface GoesOn {
  same: number
  blank: number
}

/** What a cell may hold for the server to take it. */
const LONGEST_CELL = 20_000

/** Whether it is a row that cannot be read. */
export const isRemark = (one: TableRecord | Remark): one is Remark => 'reason' in one

/** The records of a table, and the rows that are none. */
export async function* recordsOf(
  { rows }: Pick<Table, 'rows'>,
  goesOn: GoesOn | null,
): AsyncGenerator<TableRecord | Remark, void> {
  let open: TableRecord | undefined
  for await (const row of rows) {
    if ('problem' in row) {
      yield { row: row.row, reason: row.problem }
      continue
    }
    const { cells } = row
    const long = cells.find((cell) => cell.length > LONGEST_CELL)
    if (long !== undefined) {
      yield { row: row.row, reason: `a cell has ${long.length} characters, expected at most ${LONGEST_CELL}` }
      continue
    }
    const [first] = open?.rows ?? []
    const isMore =
      goesOn && (cells[goesOn.same] ?? '') === (first?.[goesOn.same] ?? '') && !cells[goesOn.blank]?.trim()
    if (open && isMore) {
      open.rows.push([...cells])
      continue
    }
    if (open) yield open
    open = { row: row.row, rows: [[...cells]] }
  }
  if (open) yield open
}
