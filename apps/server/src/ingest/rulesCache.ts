import { compileRules, type Rules } from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import { readSegments } from '../store/queries/segments.ts'
import { readDatedRules } from '../store/queries/rulesVersions.ts'
import { readJourneyVersions, readRulesVersions, readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx } from '../store/store.ts'

/** The compiled rules of the workspaces, compared with the stored version in each transaction that uses them. */
export interface RulesCache {
  /** Reads which versions are current, and returns the rules of each of these workspaces. */
  rulesFor(tx: ReadTx, workspaceIds: readonly string[]): Promise<(workspaceId: string) => Rules>
}

const unknownWorkspace = (workspaceId: string) =>
  new CicloError('not-found', `There is no workspace ${workspaceId}`)

export async function loadRules(tx: ReadTx, workspaceId: string): Promise<Rules> {
  const workspace = await readWorkspace(tx, workspaceId)
  if (!workspace) throw unknownWorkspace(workspaceId)
  return compileRules({
    version: workspace.rulesVersion,
    settings: workspace.settings,
    versions: await readDatedRules(tx, workspaceId),
    journeys: await readJourneyVersions(tx, workspaceId),
    segments: await readSegments(tx, workspaceId),
  })
}

export function createRulesCache(): RulesCache {
  const compiled = new Map<string, Rules>()
  return {
    rulesFor: async (tx, workspaceIds) => {
      const current = await readRulesVersions(tx, workspaceIds)
      // Its own, since another transaction may meanwhile put older rules into the cache, or newer ones.
      const found = new Map<string, Rules>()
      for (const workspaceId of workspaceIds) {
        const known = compiled.get(workspaceId)
        const rules = known?.version === current.get(workspaceId) ? known : await loadRules(tx, workspaceId)
        if (rules) found.set(workspaceId, rules)
      }
      for (const [workspaceId, rules] of found) compiled.set(workspaceId, rules)
      return (workspaceId) => {
        const rules = found.get(workspaceId)
        if (!rules) throw unknownWorkspace(workspaceId)
        return rules
      }
    },
  }
}
