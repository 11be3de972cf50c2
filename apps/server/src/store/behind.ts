import { sql, type Column, type SQL } from 'drizzle-orm'

/**
 * The rows behind a place in an order by several columns: as one comparison, which an index answers without the rows
 * before.
 *
 * @param place the columns in the order of the sorting, each with its value there
 */
export const behind = (
  order: 'ascending' | 'descending',
  ...place: readonly (readonly [column: Column, value: unknown])[]
): SQL => {
  const comma = sql`, `
  const columns = sql.join(
    place.map(([column]) => column),
    comma,
  )
  const values = sql.join(
    place.map(([, value]) => sql`${value}`),
    comma,
  )
  return order === 'ascending' ? sql`(${columns}) > (${values})` : sql`(${columns}) < (${values})`
}
