import type { InsightResult } from '../insight/insightTasks.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { readWorkspace, type Workspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { CicloError } from '../errors.ts'
import { createHomeCache, type Counted } from './createHomeCache.ts'
import type { EventCounter } from './eventCounter.ts'
import { readHomeHealth, type HomeHealth } from './homeHealth.ts'
import type { HomeFacts } from './homeSentence.ts'

/** How a shop stands. A part is null while it is being counted for the first time. */
export interface Home {
  workspace: Workspace
  facts: HomeFacts
  health: HomeHealth
  map: Counted<InsightResult<'homeMap'>> | null
  money: Counted<InsightResult<'homeMoney'>> | null
  mail: Counted<InsightResult<'homeMail'>> | null
  figures: Counted<InsightResult<'homeFigures'>> | null
}

interface HomeOptions {
  store: Store
  insight: InsightRunner
  counter: EventCounter
  now: () => number
  onError: (error: unknown) => void
}

/** Reads how a shop stands: what is quick at once, what is counted over all customers from memory where it is kept. */
export function createReadHome({ store, insight, counter, now, onError }: HomeOptions) {
  const cache = createHomeCache({ insight, now, onError })
  return async (workspaceId: string): Promise<Home> => {
    // What this process has heard and not written yet is known to it alone.
    await counter.flush()
    const at = now()
    const { workspace, health } = await store.read(async (tx) => ({
      workspace: await readWorkspace(tx, workspaceId),
      health: await readHomeHealth(tx, workspaceId, at),
    }))
    if (!workspace) throw new CicloError('not-found', `There is no workspace ${workspaceId}`)
    const shop = { workspaceId, rulesVersion: workspace.rulesVersion }
    const [map, money, mail, figures] = await Promise.all([
      cache.get('homeMap', shop),
      cache.get('homeMoney', shop),
      cache.get('homeMail', shop),
      cache.get('homeFigures', shop),
    ])
    const hasAddress = (workspace.settings.shop.address ?? '') !== ''
    const facts = { now: at, map: map?.value ?? null, health, hasAddress }
    return { workspace, facts, health, map, money, mail, figures }
  }
}

export type ReadHome = ReturnType<typeof createReadHome>
