import type Database from 'better-sqlite3'

/** Inserts rows like one that is there: the answer takes a row with the same columns. */
export function insertInto(handle: Database.Database, table: string, like: Record<string, unknown>) {
  const columns = Object.keys(like)
  const statement = handle.prepare(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  return (row: Record<string, unknown>) => statement.run(columns.map((column) => row[column]))
}
