import { type Column, type GetColumnData, type SQL, sql } from 'drizzle-orm'

/** In `onConflictDoUpdate({ set })`: the value that the row which met the conflict would have had. */
export const excluded = <OneColumn extends Column>(column: OneColumn): SQL<GetColumnData<OneColumn>> =>
  sql`excluded.${sql.identifier(column.name)}`
