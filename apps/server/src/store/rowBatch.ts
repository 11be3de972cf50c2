const batch = Symbol('row batch')

/** The values of many rows, bound as one: SQLite runs the statement once for each of them. */
export type RowBatch = { readonly [batch]: readonly (readonly unknown[])[] }

export const makeRowBatch = (rows: readonly (readonly unknown[])[]): RowBatch => ({ [batch]: rows })

const isRowBatch = (value: unknown): value is RowBatch =>
  typeof value === 'object' && value !== null && batch in value

/** The values of each run of a statement: those given, with the row of a batch in the batch's place. */
export const runsOf = (values: readonly unknown[]): readonly (readonly unknown[])[] => {
  const place = values.findIndex(isRowBatch)
  const found = values[place]
  if (!isRowBatch(found)) return [values]
  const [before, after] = [values.slice(0, place), values.slice(place + 1)]
  return found[batch].map((row) => [...before, ...row, ...after])
}
