import { openStore } from '../../src/store/openStore.ts'

/** How often each messageId is stored. */
export async function readStoredEvents(databaseUrl: string): Promise<Map<string, number>> {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    const rows = await store.read((tx) =>
      tx.select({ messageId: tx.tables.events.messageId }).from(tx.tables.events),
    )
    const stored = new Map<string, number>()
    for (const { messageId } of rows) stored.set(messageId, (stored.get(messageId) ?? 0) + 1)
    return stored
  } finally {
    await store.close()
  }
}
