import type { RulesCache } from '../ingest/rulesCache.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import type { Store } from '../store/store.ts'
import type { Campaign } from './campaign.ts'
import { hasFew } from './findAudience.ts'
import { previewAudience, type AudiencePreview } from './previewAudience.ts'

export interface PreviewShell {
  store: Store
  insight: InsightRunner
  rules: RulesCache
  hashAddress: HashAddress
  /** What addresses are hashed with, also in the process that looks at many. */
  secret: string
}

/** Counts who would get a campaign's mail now: where there are many to look at, off the event loop. */
export function createPreview({ store, insight, rules, hashAddress, secret }: PreviewShell) {
  return async (
    wanted: { workspaceId: string; campaignId: string; campaign: Campaign; now: number },
    signal: AbortSignal,
  ): Promise<AudiencePreview> => {
    const { workspaceId } = wanted
    if (!(await hasFew(store, workspaceId, '')))
      return await insight.run('campaignPreview', { ...wanted, secret }, { signal })
    return await store.read(async (tx) => {
      const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
      return await previewAudience(tx, { ...wanted, customers: 'some', rules: current, hashAddress })
    })
  }
}
