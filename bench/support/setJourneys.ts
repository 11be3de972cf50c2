import type { Journey } from '@ciclo/engine'
import { journeyHash } from '@ciclo/journeys'
import type { Store } from '../../apps/server/src/store/store.ts'

/** Has these journeys live, and no others. */
export async function setJourneys(
  store: Store,
  workspaceId: string,
  journeys: readonly Journey[],
): Promise<void> {
  await store.write(async (tx) => {
    await tx.delete(tx.tables.journeys)
    if (journeys.length === 0) return
    await tx.insert(tx.tables.journeys).values(
      journeys.map((definition) => ({
        workspaceId,
        id: definition.id,
        version: 1,
        status: 'live' as const,
        definition,
        hash: journeyHash(definition),
        createdAt: 0,
      })),
    )
  })
}
