import { type Column, getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './store.ts'

/** A column's value as its driver takes it; a column that is left out gets its default, or null. */
const driverValue = (column: Column, given: unknown): unknown => {
  const value = given === undefined ? (column.default ?? null) : given
  return value === null ? null : column.mapToDriverValue(value)
}

const known = new WeakMap<SQLiteTable, readonly [property: string, column: Column][]>()

function columnsOf(table: SQLiteTable) {
  const columns = known.get(table) ?? Object.entries<Column>(getTableColumns(table))
  known.set(table, columns)
  return columns
}

/**
 * `tx.insert(table).values(rows)` for many rows, to be ended in the same way (`.onConflictDoNothing().returning()`).
 *
 * Any number of rows, also none, is one short statement whose text is always the same: PostgreSQL binds its rows as a
 * whole, SQLite runs it prepared for each of them (15 us a row of `events`, where Drizzle's own with a placeholder for
 * every value takes 50, and one `json_each` over all rows 32).
 */
export const insertRows = <Table extends SQLiteTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
) => {
  const columns = columnsOf(table)
  const values = rows.map((row: Readonly<Record<string, unknown>>) =>
    columns.map(([property, column]) => driverValue(column, row[property])),
  )
  return tx.insert(table).select(
    tx.dialect.rows(
      columns.map(([, column]) => column),
      values,
    ),
  )
}
