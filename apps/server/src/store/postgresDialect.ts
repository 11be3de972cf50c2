import { type Column, sql } from 'drizzle-orm'
import { classifyError } from './classifyError.ts'
import type { Dialect } from './dialect.ts'
import { makeInChunks } from './inChunks.ts'

// The protocol counts a statement's parameters in 16 bits.
const maxVariables = 65_535

type Lockable<Query> = { for(strength: 'update', config?: { skipLocked: true }): Query }

/** One parameter that holds a value for each row, in the column's type. */
const arrayOf = (column: Column, values: readonly unknown[]) =>
  sql`${sql.param(values)}::${sql.raw(column.getSQLType())}[]`

export const postgresDialect: Dialect = {
  name: 'postgres',
  maxVariables,
  inChunks: makeInChunks(maxVariables),

  forUpdate: <Query>(query: Query) => (query as Lockable<Query>).for('update'),
  forUpdateSkipLocked: <Query>(query: Query) =>
    (query as Lockable<Query>).for('update', { skipLocked: true }),

  jsonText: (column, path) => sql`${column} #>> ${sql.param(path.map(String))}::text[]`,

  replaced: (column, entries) => sql`${JSON.stringify(entries)}::jsonb ->> ${column}`,

  rows: (columns, values) => {
    const arrays = columns.map((column, place) =>
      arrayOf(
        column,
        values.map((row) => row[place]),
      ),
    )
    return sql`select * from unnest(${sql.join(arrays, sql`, `)})`
  },

  isOneOf: (column, values) => sql`${column} = any(${arrayOf(column, values)})`,

  classifyError,
}
