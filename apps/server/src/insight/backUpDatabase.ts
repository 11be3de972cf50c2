import { backupSqlite } from '../store/backupSqlite.ts'
import type { Store } from '../store/store.ts'

/** Copies a SQLite database to a file, off the event loop of the server that writes to it. */
export async function backUpDatabase(
  _store: Store,
  { path, target }: { path: string; target: string },
): Promise<null> {
  await backupSqlite(path, target)
  return null
}
