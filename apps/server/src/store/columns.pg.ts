import { bigint, boolean, customType } from 'drizzle-orm/pg-core'

export { index, primaryKey, pgTable as table, text, uniqueIndex } from 'drizzle-orm/pg-core'

/** A whole number up to 2^53, as a JavaScript number can hold it exactly. */
export const int = (name?: string) => bigint(name ?? '', { mode: 'number' })

/** A moment in epoch milliseconds. */
export const time = int

/** The same moment as a Date, in the tables of a library that works with Dates. */
export const date = customType<{ data: Date; driverData: string | number }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.getTime(),
  fromDriver: (value) => new Date(Number(value)),
})

/** true or false. */
export const bool = boolean

/**
 * Any JSON value; narrow it with `$type`. A top-level `null` is kept as SQL NULL.
 * Drizzle's own jsonb parses strings a second time, after the driver did: '"123"' would come back as 123.
 */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => value,
})

/** A file as it is. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
