import type { Database, Statement } from 'better-sqlite3'

// The store's own queries have some hundred texts; only lists of any length (`in (?, ?, ...)`) could make more.
const limit = 500

/** `handle.prepare`, once for each text: compiling a statement takes longer than running most of them. */
export const makeStatementCache = (handle: Database) => {
  // Whether rows come as arrays is a property of the statement itself, so that each of the two has its own.
  const known = { objects: new Map<string, Statement>(), arrays: new Map<string, Statement>() }
  return (source: string, rowsAs: 'objects' | 'arrays'): Statement => {
    const statements = known[rowsAs]
    const found = statements.get(source)
    if (found !== undefined) return found
    if (statements.size === limit) statements.clear()
    const prepared = handle.prepare(source)
    const statement = rowsAs === 'arrays' ? prepared.raw() : prepared
    statements.set(source, statement)
    return statement
  }
}
