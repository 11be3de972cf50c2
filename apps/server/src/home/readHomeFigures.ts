import { DAY } from '@ciclo/engine'
import { readMetrics } from '../insight/readInsight.ts'
import type { Store } from '../store/store.ts'

const FIGURES_DAYS = 365

/** The five figures of the last 365 days. */
export async function readHomeFigures(
  store: Store,
  { workspaceId, now }: { workspaceId: string; now: number },
) {
  const period = { from: now + 1 - FIGURES_DAYS * DAY, to: now + 1 }
  const { metrics } = await readMetrics(store, { workspaceId, period })
  return { period, metrics }
}
