import type { CatalogueItem } from '@ciclo/engine'
import { requestJob } from '../store/queries/jobs.ts'
import type { Store } from '../store/store.ts'
import { saveCatalogue } from './saveCatalogue.ts'
import { TELL_CATALOGUE } from './tellCatalogueJob.ts'

const AT_ONCE = 500

export type TakeProducts = (workspaceId: string, items: readonly CatalogueItem[]) => Promise<string[]>

/**
 * Takes over products in as many transactions as it takes; whoever waits for one of them is told by the job, which is
 * asked for in the same transaction. Returns the ids of those that have changed.
 */
export const createTakeProducts =
  ({ store, now, onNews }: { store: Store; now: () => number; onNews: () => void }): TakeProducts =>
  async (workspaceId, items) => {
    const changed: string[] = []
    for (let start = 0; start < items.length; start += AT_ONCE) {
      const page = items.slice(start, start + AT_ONCE)
      const changes = await store.write(async (tx) => {
        const saved = await saveCatalogue(tx, workspaceId, page, now())
        if (saved.news.length > 0) await requestJob(tx, workspaceId, TELL_CATALOGUE, now())
        return saved
      })
      changed.push(...changes.changed)
      if (changes.news.length > 0) onNews()
    }
    return changed
  }
