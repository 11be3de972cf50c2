import { sql } from 'drizzle-orm'
import { classifyError } from './classifyError.ts'
import type { Dialect } from './dialect.ts'
import { makeInChunks } from './inChunks.ts'
import { makeRowBatch } from './rowBatch.ts'

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

  replaced: (column, entries) => sql`${JSON.stringify(entries)} ->> ${column}`,

  // One batch for all that the first place and the others bind; see `runsOf`.
  rows: (columns, values) =>
    sql`values (${sql.param(makeRowBatch(values))}${sql.raw(', ?'.repeat(columns.length - 1))})`,

  isOneOf: (column, values) => sql`${column} in (select value from json_each(${JSON.stringify(values)}))`,

  classifyError,
}
