import Database from 'better-sqlite3'

/**
 * What SQLite finds wrong in a database file, as it says it; nothing where all is well. It reads the whole file.
 *
 * @param path of a file that is a database
 * @param depth `quick` leaves out that every index agrees with its table
 */
export function checkSqlite(path: string, depth: 'quick' | 'full' = 'full'): string[] {
  const handle = new Database(path, { readonly: true, timeout: 2_000 })
  try {
    const lines = handle.pragma(depth === 'full' ? 'integrity_check' : 'quick_check', {
      simple: false,
    }) as Record<string, string>[]
    return lines.flatMap((line) => Object.values(line)).filter((line) => line !== 'ok')
  } finally {
    handle.close()
  }
}
