import { DAY, isJudgedAlike, isPopulationMoved, type Population } from '@ciclo/engine'
import type { Job, JobContext } from '../loops/jobs.ts'
import { REFRESH_CURVE, REFRESH_PREDICTIONS, REJUDGE, requestJob } from '../store/queries/jobs.ts'
import { holdRules } from '../store/queries/holdRules.ts'
import { countBuyers } from '../store/queries/orders.ts'
import { addRulesVersion, readCurrentRules } from '../store/queries/rulesVersions.ts'
import { readSettings } from '../store/queries/settings.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { FEWEST_BUYERS } from './fewestBuyers.ts'
import type { InsightRunner } from './runInsight.ts'

export interface PopulationJobsOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  /** A version was published: the customers are looked at by it. */
  onPublished: () => void
}

/** What the refresh has found, in few words. */
const reportOf = ({ buyers, gaps, vipLine, rfm, fit }: Population, version: number | null) => ({
  buyers,
  gaps: gaps?.gaps ?? null,
  vipLine,
  rfm: rfm !== null,
  fittedOn: fit?.customers ?? null,
  /** The number of the version that was published, or null where nothing has moved. */
  version,
})

/**
 * The shop's gap curve and lines once a day, and the parameters of its predictions once a week. They are published as a
 * new version of the rules, so that all customers are judged by it: the daily ones only if they have moved.
 */
export function createPopulationJobs({ store, insight, now, onPublished }: PopulationJobsOptions): Job[] {
  const refresh = async (context: JobContext, withFit: boolean): Promise<Record<string, unknown>> => {
    const { workspaceId, signal } = context
    const at = now()
    const { few, settings } = await store.read(async (tx) => ({
      few: await countBuyers(tx, workspaceId, FEWEST_BUYERS),
      settings: await readSettings(tx, workspaceId),
    }))
    if (few < FEWEST_BUYERS) return { buyers: few, version: null }
    const computed = await insight.run('population', { workspaceId, at, withFit }, { signal })
    const version = await store.write(async (tx) => {
      await holdRules(tx, [workspaceId], 'change')
      await lockWorkspace(tx, workspaceId)
      // Another currency meanwhile, say: the lines that were drawn are lines of nothing.
      if (!isJudgedAlike(settings, await readSettings(tx, workspaceId))) return undefined
      const before = await readCurrentRules(tx, workspaceId)
      const population = withFit ? computed : { ...computed, fit: before.population?.fit ?? null }
      if (!isPopulationMoved(before.population, population, settings)) return null
      const { number, from } = await addRulesVersion(tx, workspaceId, before, { from: now(), population })
      await requestJob(tx, workspaceId, REJUDGE, from)
      return number
    })
    if (version === undefined) return await refresh(context, withFit)
    if (version !== null) onPublished()
    return reportOf(computed, version)
  }

  return [
    { name: REFRESH_CURVE, every: DAY, run: (context) => refresh(context, false) },
    { name: REFRESH_PREDICTIONS, every: 7 * DAY, run: (context) => refresh(context, true) },
  ]
}
