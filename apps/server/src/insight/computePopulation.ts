import {
  fitPredictions,
  missingForFit,
  populationOf,
  type BuyerHistory,
  type Population,
  type Settings,
  type TooLittleData,
} from '@ciclo/engine'
import { readSettings } from '../store/queries/settings.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { packBuyers } from './packBuyers.ts'

export interface PopulationInput {
  workspaceId: string
  /** Until when orders count: epoch milliseconds. */
  at: number
  /** Whether the purchase and spend models are fitted, too: otherwise, and where there is too little data, `fit` is null. */
  withFit: boolean
  /** By which they are judged: today's, if left out. */
  settings?: Settings
}

/** The buyers as the models take them. */
function* predictedOf(buyers: Iterable<BuyerHistory>) {
  for (const { orders, ...figures } of buyers)
    yield { ...figures, firstAt: orders[0] as number, lastAt: orders.at(-1) as number }
}

/**
 * What a workspace's buyers together say at `at`, from the orders that are stored, judged by today's settings or those given. Takes
 * seconds where there are many: it is run off the event loop, and holds no snapshot of the database meanwhile. Throws
 * where there is no such workspace.
 */
export async function computePopulation(
  store: Store,
  { workspaceId, at, withFit, ...given }: PopulationInput,
): Promise<Population> {
  const { settings, buyers } = await store.read(async (tx) => {
    const workspace = await readWorkspace(tx, workspaceId)
    if (!workspace) throw new RangeError(`There is no workspace ${workspaceId}`)
    const judging = given.settings ?? workspace.settings
    return { settings: judging, buyers: await packBuyers(tx, workspaceId, judging, at) }
  })
  const population = populationOf(buyers, settings, at)
  if (!withFit) return population
  const fit = fitPredictions(predictedOf(buyers), at)
  return { ...population, fit: 'kind' in fit ? null : fit }
}

/** What there is too little of for a fit; null where there is enough. */
export async function missingInStore(
  store: Store,
  { workspaceId, at }: { workspaceId: string; at: number },
): Promise<Omit<TooLittleData, 'kind'> | null> {
  const buyers = await store.read(
    async (tx) => await packBuyers(tx, workspaceId, await readSettings(tx, workspaceId), at),
  )
  const missing = missingForFit(predictedOf(buyers), at)
  return missing && { customers: missing.customers, repeaters: missing.repeaters, days: missing.days }
}
