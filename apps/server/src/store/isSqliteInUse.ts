import Database from 'better-sqlite3'

/** Whether another process has a SQLite database open: in WAL mode each holds a lock on the file for as long. */
export function isSqliteInUse(path: string): boolean {
  const handle = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    handle.pragma('locking_mode = EXCLUSIVE')
    handle.exec('begin immediate')
    handle.exec('rollback')
    return false
  } catch (error) {
    // Whatever else is wrong with it, such as that it is no database, nobody works with it.
    return /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown }).code))
  } finally {
    handle.close()
  }
}
