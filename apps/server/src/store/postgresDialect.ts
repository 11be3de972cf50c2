import { type Column, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { classifyError } from './classifyError.ts'
import type { Dialect, JsonStep, JsonTest } from './dialect.ts'
import { makeInChunks } from './inChunks.ts'

// The protocol counts a statement's parameters in 16 bits.
const maxVariables = 65_535

type Lockable<Query> = { for(strength: 'update', config?: { skipLocked: true }): Query }

/** One parameter that holds a value for each row, in the column's type. */
const arrayOf = (column: Column, values: readonly unknown[]) =>
  sql`${sql.param(values)}::${sql.raw(column.getSQLType())}[]`

/** In a `case`, since PostgreSQL may try an `and` from its end, and a text is no number. */
const jsonIs = (value: SQLWrapper, test: JsonTest): SQL => {
  const type = sql`jsonb_typeof(${value})`
  const text = sql`(${value} #>> '{}')`
  const number = sql`(${value})::double precision`
  switch (test.kind) {
    case 'isOneOf': {
      const { texts, numbers, booleans } = test
      return sql`case ${type}
        when 'string' then ${text} = any(${sql.param(texts)}::text[])
        when 'number' then ${number} = any(${sql.param(numbers)}::double precision[])
        when 'boolean' then (${value})::boolean = any(${sql.param(booleans)}::boolean[]) end`
    }
    case 'contains':
      return sql`case ${type} when 'string' then strpos(${text}, ${test.text}::text) > 0 end`
    case 'startsWith':
      return sql`case ${type} when 'string' then starts_with(${text}, ${test.text}::text) end`
    case 'exists':
      return sql`${type} <> 'null'`
    case '>':
    case '>=':
    case '<':
    case '<=':
      break
  }
  return sql`case ${type} when 'number' then ${number} ${sql.raw(test.kind)} ${test.number}::double precision end`
}

/** `->` with a text looks into objects only; `#>` would take '0' for a place in a list. */
const memberOf = (json: SQLWrapper, name: string): SQL => sql`(${json} -> ${name}::text)`

function jsonMatches(json: SQLWrapper, steps: readonly JsonStep[], test: JsonTest, depth = 0): SQL<boolean> {
  const [step, ...rest] = steps
  if (step === undefined) return sql`coalesce(${jsonIs(json, test)}, false)`
  if (step !== 'each') return jsonMatches(memberOf(json, step.name), rest, test, depth)
  const name = sql.raw(`element${depth}`)
  const elements = sql`jsonb_array_elements(case jsonb_typeof(${json}) when 'array' then ${json} end)`
  const inner = jsonMatches(sql`${name}.value`, rest, test, depth + 1)
  return sql`exists (select 1 from ${elements} ${name}(value) where ${inner})`
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  maxVariables,
  inChunks: makeInChunks(maxVariables),

  forUpdate: <Query>(query: Query) => (query as Lockable<Query>).for('update'),
  forUpdateSkipLocked: <Query>(query: Query) =>
    (query as Lockable<Query>).for('update', { skipLocked: true }),

  hold: (name, how) => {
    const lock = sql.raw(how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')
    return sql`${lock}(hashtextextended(${name}, 0))`
  },

  jsonText: (column, path) => sql`${column} #>> ${sql.param(path.map(String))}::text[]`,

  jsonNumber: (column, path) => {
    const value = path.reduce<SQLWrapper>(memberOf, column)
    return sql`case jsonb_typeof(${value}) when 'number' then (${value})::double precision end`
  },

  jsonMatches,

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
