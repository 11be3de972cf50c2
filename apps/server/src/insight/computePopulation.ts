import { populationOf, type Population } from '@ciclo/engine'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { packBuyers } from './packBuyers.ts'

export interface PopulationInput {
  workspaceId: string
  /** Until when orders count: epoch milliseconds. */
  at: number
  /** Whether the purchase and spend models are fitted, too: otherwise `fit` is null. */
  withFit: boolean
}

/**
 * What a workspace's buyers together say at `at`, from the orders that are stored, judged by today's settings. Takes
 * seconds where there are many: it is run off the event loop. Throws where there is no such workspace.
 */
export async function computePopulation(
  store: Store,
  { workspaceId, at }: PopulationInput,
): Promise<Population> {
  return await store.read(async (tx) => {
    const workspace = await readWorkspace(tx, workspaceId)
    if (!workspace) throw new RangeError(`There is no workspace ${workspaceId}`)
    const { settings } = workspace
    const buyers = await packBuyers(tx, workspaceId, settings, at)
    return populationOf(buyers, settings, at)
  })
}
