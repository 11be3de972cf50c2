import { blob, integer, text } from 'drizzle-orm/sqlite-core'

export {
  index,
  integer as int,
  primaryKey,
  sqliteTable as table,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

/** A moment in epoch milliseconds. */
export const time = integer

/** The same moment as a Date, in the tables of a library that works with Dates. */
export const date = (name?: string) => integer(name ?? '', { mode: 'timestamp_ms' })

/** true or false, kept as 1 or 0. */
export const bool = (name?: string) => integer(name ?? '', { mode: 'boolean' })

/** Any JSON value, kept as text; narrow it with `$type`. A top-level `null` is kept as SQL NULL. */
export const json = (name?: string) => text(name ?? '', { mode: 'json' }).$type<unknown>()

/** A file as it is. */
export const bytes = (name?: string) => blob(name ?? '', { mode: 'buffer' })
