import type * as sqliteColumns from './columns.sqlite.ts'

/** The words that a dialect's `columns.*.ts` exports. Typed from the SQLite ones; PostgreSQL's are cast to them. */
export type Columns = typeof sqliteColumns
