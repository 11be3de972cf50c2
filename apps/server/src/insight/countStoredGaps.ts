import { countGaps } from '@ciclo/engine'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import { packBuyers } from './packBuyers.ts'

/** How many order gaps have ended until `at`, and how many are open: of a shop whose curve has to wait for more. */
export async function countStoredGaps(
  store: Store,
  { workspaceId, at }: { workspaceId: string; at: number },
): Promise<ReturnType<typeof countGaps>> {
  return await store.read(async (tx) => {
    const buyers = await packBuyers(tx, workspaceId, await readSettings(tx, workspaceId), at)
    function* histories() {
      for (const { orders } of buyers) yield orders
    }
    return countGaps(histories(), at)
  })
}
