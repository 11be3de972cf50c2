import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { classifyError } from './classifyError.ts'
import type { Dialect, JsonStep, JsonTest } from './dialect.ts'
import { makeInChunks } from './inChunks.ts'
import { makeRowBatch } from './rowBatch.ts'

// SQLITE_MAX_VARIABLE_NUMBER, as SQLite is built by default (https://www.sqlite.org/limits.html).
const maxVariables = 32_766

/** `['a', 0]` as `$."a"[0]`. */
const jsonPath = (path: readonly (string | number)[]) =>
  ['$', ...path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${JSON.stringify(key)}`))].join('')

/** JSON numbers are compared as doubles, which is what they are in JavaScript. */
const asDouble = (value: SQL) => sql`cast(${value} as real)`

const jsonIs = (type: SQL, value: SQL, test: JsonTest): SQL => {
  switch (test.kind) {
    case 'isOneOf': {
      const { texts, numbers, booleans } = test
      const text = sql`${value} in (select value from json_each(${JSON.stringify(texts)}))`
      const number = sql`${asDouble(value)} in (select cast(value as real) from json_each(${JSON.stringify(numbers)}))`
      return sql`case ${type}
        when 'text' then ${text}
        when 'integer' then ${number} when 'real' then ${number}
        when 'true' then ${Number(booleans.includes(true))} when 'false' then ${Number(booleans.includes(false))} end`
    }
    case 'contains':
      return sql`${type} = 'text' and instr(${value}, ${test.text}) > 0`
    case 'startsWith':
      return sql`${type} = 'text' and substr(${value}, 1, length(${test.text})) = ${test.text}`
    case 'exists':
      return sql`${type} <> 'null'`
    case '>':
    case '>=':
    case '<':
    case '<=':
      break
  }
  return sql`${type} in ('integer', 'real') and ${asDouble(value)} ${sql.raw(test.kind)} ${test.number}`
}

/** `json_each` lists the members of an object as well, and makes a row of anything else: only lists are meant. */
const elementsOf = (json: SQLWrapper, path: string, name: SQL) =>
  sql`json_each(case when json_type(${json}, ${path}) = 'array' then json_extract(${json}, ${path}) end) ${name}`

function jsonMatches(json: SQLWrapper, steps: readonly JsonStep[], test: JsonTest, depth = 0): SQL<boolean> {
  const each = steps.indexOf('each')
  const names = (each === -1 ? steps : steps.slice(0, each)).map((step) => (step as { name: string }).name)
  const path = jsonPath(names)
  if (each === -1) {
    const matches = jsonIs(sql`json_type(${json}, ${path})`, sql`json_extract(${json}, ${path})`, test)
    return sql`coalesce(${matches}, false)`
  }
  const name = sql.raw(`element${depth}`)
  const rest = steps.slice(each + 1)
  // What is inside an element is looked for in JSON: the text of an element that is a text is none.
  const inner =
    rest.length === 0
      ? jsonIs(sql`${name}.type`, sql`${name}.value`, test)
      : jsonMatches(
          sql`(case when ${name}.type in ('object', 'array') then ${name}.value end)`,
          rest,
          test,
          depth + 1,
        )
  return sql`exists (select 1 from ${elementsOf(json, path, name)} where ${inner})`
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  maxVariables,
  inChunks: makeInChunks(maxVariables),

  // A write transaction is the only one there is, so every row is its own.
  forUpdate: (query) => query,
  forUpdateSkipLocked: (query) => query,
  hold: () => undefined,

  // `->` keeps a number's digits as they were written; `json_extract` would round them to fifteen.
  jsonText: (column, path) => {
    const at = jsonPath(path)
    return sql`case json_type(${column}, ${at})
      when 'null' then null
      when 'text' then json_extract(${column}, ${at})
      else ${column} -> ${at} end`
  },

  jsonNumber: (column, path) => {
    const at = jsonPath(path)
    const value = asDouble(sql`json_extract(${column}, ${at})`)
    return sql`case when json_type(${column}, ${at}) in ('integer', 'real') then ${value} end`
  },

  jsonMatches,

  replaced: (column, entries) => sql`${JSON.stringify(entries)} ->> ${column}`,

  // One batch for all that the first place and the others bind; see `runsOf`.
  rows: (columns, values) =>
    sql`values (${sql.param(makeRowBatch(values))}${sql.raw(', ?'.repeat(columns.length - 1))})`,

  isOneOf: (column, values) => sql`${column} in (select value from json_each(${JSON.stringify(values)}))`,

  classifyError,
}
