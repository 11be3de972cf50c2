import { sql } from 'drizzle-orm'
import { classifyError } from './classifyError.ts'
import type { Dialect } from './dialect.ts'
import { makeInChunks } from './inChunks.ts'

// SQLITE_MAX_VARIABLE_NUMBER, as SQLite is built by default (https://www.sqlite.org/limits.html).
const maxVariables = 32_766

/** `['a', 0]` as `$."a"[0]`. */
const jsonPath = (path: readonly (string | number)[]) =>
  ['$', ...path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${JSON.stringify(key)}`))].join('')

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  maxVariables,
  inChunks: makeInChunks(maxVariables),

  // A write transaction is the only one there is, so every row is its own.
  forUpdate: (query) => query,
  forUpdateSkipLocked: (query) => query,

  // `->` keeps a number's digits as they were written; `json_extract` would round them to fifteen.
  jsonText: (column, path) => {
    const at = jsonPath(path)
    return sql`case json_type(${column}, ${at})
      when 'null' then null
      when 'text' then json_extract(${column}, ${at})
      else ${column} -> ${at} end`
  },

  // `where true` keeps a following `on conflict` from being read as a join's condition.
  rows: (columns, values) => {
    const places = columns.map((_, place) => `value ->> ${place}`).join(', ')
    return sql`select ${sql.raw(places)} from json_each(${JSON.stringify(values)}) where true`
  },

  isOneOf: (column, values) => sql`${column} in (select value from json_each(${JSON.stringify(values)}))`,

  classifyError,
}
