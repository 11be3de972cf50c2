import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { openStore } from '../../apps/server/src/store/openStore.ts'
import type { ShopEvent } from './shopEvents.ts'

export interface RawInserts {
  /** Inserts the events, `size` of them in each transaction, and returns how many milliseconds that took. */
  run(events: readonly ShopEvent[], size: number): number
  close(): void
}

/**
 * The least that any server on SQLite has to do to remember events: one prepared insert each into the very same
 * `events` table with its indexes, a synced commit for each transaction, and nothing else.
 */
export async function openRawInserts(folder: string): Promise<RawInserts> {
  const path = join(folder, 'raw.db')
  await (await openStore(pathToFileURL(path).href)).close()
  const handle = new Database(path)
  handle.pragma('journal_mode = WAL')
  handle.pragma('synchronous = FULL')
  const insert = handle.prepare(
    `insert into events (workspace_id, message_id, customer_id, type, name, at, received_at, source, body)
      values (?, ?, ?, ?, ?, ?, ?, 'public', ?)`,
  )
  const insertAll = handle.transaction((events: readonly ShopEvent[]) => {
    for (const { messageId, anonymousId, type, event, name, timestamp, ...body } of events) {
      const at = Date.parse(String(timestamp))
      insert.run('bench', messageId, anonymousId, type, event ?? name ?? null, at, at, JSON.stringify(body))
    }
  })
  return {
    run: (events, size) => {
      const startedAt = performance.now()
      for (let first = 0; first < events.length; first += size) insertAll(events.slice(first, first + size))
      return performance.now() - startedAt
    },
    close: () => handle.close(),
  }
}
