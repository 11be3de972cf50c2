import type { Journey } from '@ciclo/engine'
import { journeyHash } from '@ciclo/journeys'
import { listVersions, putDraft, readUnhashed, writeHash } from '../store/queries/journeys.ts'
import { lockWorkspace, readWorkspaceIds } from '../store/queries/workspaces.ts'
import type { Tx } from '../store/store.ts'

/** What a workspace begins with; to read the definitions takes longer than to know which there are. */
export interface ShippedJourneys {
  ids(): readonly string[]
  load(): readonly Journey[]
}

/**
 * Gives every workspace of an older Ciclo, as drafts, the shipped journeys that it has never had, and what it has of
 * journeys their hashes. What is there stays as it is. Done twice, it does nothing.
 */
export async function adoptShipped(tx: Tx, shipped: ShippedJourneys, now: number): Promise<void> {
  for (const workspaceId of await readWorkspaceIds(tx)) {
    await lockWorkspace(tx, workspaceId)
    for (const version of await readUnhashed(tx, workspaceId))
      await writeHash(tx, workspaceId, version, journeyHash(version.definition))
    const known = new Set((await listVersions(tx, workspaceId)).map(({ id }) => id))
    if (shipped.ids().every((id) => known.has(id))) continue
    for (const definition of shipped.load()) {
      if (known.has(definition.id)) continue
      await putDraft(tx, workspaceId, {
        definition,
        hash: journeyHash(definition),
        version: 1,
        createdAt: now,
      })
    }
  }
}
