import type { Column, SQL, SQLWrapper } from 'drizzle-orm'

/**
 * What a failed query says about its database: `disk` (full, failing, unreadable), `connection` (unreachable or going
 * away), `busy` (lost a lock or a race, worth another try) or `other` (the query or its values).
 * `disk` and `connection` blame no input: answer 503 and park nothing.
 */
export type StoreErrorKind = 'disk' | 'connection' | 'busy' | 'other'

/** A step from a JSON value to one inside it: to the member of an object, or to each element of a list. */
export type JsonStep = { readonly name: string } | 'each'

/** What a JSON value is asked for. A value of another type never is what is asked for: the text '5' is not the number. */
export type JsonTest =
  | {
      readonly kind: 'isOneOf'
      readonly texts: readonly string[]
      readonly numbers: readonly number[]
      readonly booleans: readonly boolean[]
    }
  /** Letter by letter: no wildcards, no folding of case. */
  | { readonly kind: 'contains' | 'startsWith'; readonly text: string }
  | { readonly kind: '>' | '>=' | '<' | '<='; readonly number: number }
  /** Is there, and is not null. */
  | { readonly kind: 'exists' }

/** All that really differs between the two databases: the only raw SQL. */
export type Dialect = {
  readonly name: 'sqlite' | 'postgres'

  /** The most values that one statement can bind. */
  readonly maxVariables: number

  /** Splits rows so that each part fits into one statement that binds `columnsPerRow` values a row. */
  inChunks<Row>(rows: readonly Row[], columnsPerRow: number): Row[][]

  /** Locks the rows that a select finds until the transaction ends. Order them by key, against deadlocks. */
  forUpdate<Query extends SQLWrapper>(query: Query): Query

  /**
   * As `forUpdate`, leaving out the rows that another transaction has locked: for claims.
   * Put the select into a `$with`, not right into an `in (...)`: PostgreSQL may run a subselect more than once, and so
   * claim more rows than its limit.
   */
  forUpdateSkipLocked<Query extends SQLWrapper>(query: Query): Query

  /**
   * Holds a name until the transaction ends: `together` with others, or `alone`. Who asks for it waits in a queue, so
   * that those who hold it together keep nobody out for ever. Undefined where no two transactions write at once.
   */
  hold(name: string, how: 'together' | 'alone'): SQL | undefined

  /** The text of the string, number or boolean at a path of a json column, such as `['properties', 'total']`, or null. */
  jsonText(column: SQLWrapper, path: readonly (string | number)[]): SQL<string | null>

  /** The number at a path of a json column as a double, or null where there is no number. */
  jsonNumber(column: SQLWrapper, path: readonly string[]): SQL<number | null>

  /** Whether one of the values to which the steps lead from a json column is what is asked for; null counts as no. */
  jsonMatches(column: SQLWrapper, steps: readonly JsonStep[], test: JsonTest): SQL<boolean>

  /** What a column's text is replaced by: the value under it in `entries`, or null where it is not among them. */
  replaced(column: Column, entries: Readonly<Record<string, string>>): SQL<string | null>

  /** What follows `insert into table (columns)` in `insertRows`; the values are as the columns' drivers take them. */
  rows(columns: readonly Column[], values: readonly (readonly unknown[])[]): SQL

  /** `inArray` for any number of values, also none: one short condition that binds them as a whole. */
  isOneOf(column: Column, values: readonly (string | number)[]): SQL

  /** Looks through an error and its causes. */
  classifyError(error: unknown): StoreErrorKind
}
