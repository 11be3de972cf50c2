import { erasedMark } from '../ingest/erasedNames.ts'
import { changeSuppressions, readSuppressed, type SuppressionChange } from '../store/queries/suppressions.ts'
import type { Store, Tx } from '../store/store.ts'
import type { FileSuppression } from './readSuppressionFile.ts'

/** What one transaction takes. */
const ADDRESSES_AT_ONCE = 1_000

export interface ImportShell {
  store: Store
  hashAddress: (workspaceId: string, address: string) => string
  now: number
}

/**
 * Puts addresses on the list. Of several reasons for one address the strongest stays, whether it came first or last.
 * Imported again, nothing changes.
 * @param record writes down who did it: with the first of them, so that no address comes onto the list unrecorded
 */
export async function importSuppressions(
  { store, hashAddress, now }: ImportShell,
  workspaceId: string,
  listed: readonly FileSuppression[],
  record: (tx: Tx) => Promise<void>,
): Promise<void> {
  if (listed.length === 0) await store.write(record)
  for (let start = 0; start < listed.length; start += ADDRESSES_AT_ONCE) {
    const portion = listed.slice(start, start + ADDRESSES_AT_ONCE)
    await store.write(async (tx) => {
      if (start === 0) await record(tx)
      const marks = portion.map(({ address }) => erasedMark(workspaceId, address, hashAddress))
      const erased = await readSuppressed(tx, workspaceId, marks)
      const changes = portion.map(({ address, reason, at, detail }, place): SuppressionChange => ({
        addressHash: hashAddress(workspaceId, address),
        reason,
        // What is said to come yet was not said by now.
        at: Math.min(at ?? now, now),
        // Of who was erased no list brings the name back.
        ...(erased.has(marks[place] ?? '') ? {} : { address, detail }),
      }))
      await changeSuppressions(tx, workspaceId, changes)
    })
    // A long list keeps nobody else from being served.
    await new Promise(setImmediate)
  }
}
