import { compileRules, type Rules } from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import { readJourneyVersions, readRulesVersions, readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx } from '../store/store.ts'

/** The compiled rules of the workspaces, compared with the stored version in each transaction that uses them. */
export interface RulesCache {
  rulesOf(tx: ReadTx, workspaceIds: readonly string[]): Promise<Map<string, Rules>>
}

export function createRulesCache(): RulesCache {
  const compiled = new Map<string, Rules>()

  const load = async (tx: ReadTx, workspaceId: string): Promise<Rules> => {
    const workspace = await readWorkspace(tx, workspaceId)
    if (!workspace) throw new CicloError('not-found', `There is no workspace ${workspaceId}`)
    return compileRules(workspace.rulesVersion, workspace.settings, await readJourneyVersions(tx, workspaceId))
  }

  return {
    rulesOf: async (tx, workspaceIds) => {
      const current = await readRulesVersions(tx, workspaceIds)
      const rules = new Map<string, Rules>()
      for (const workspaceId of workspaceIds) {
        const known = compiled.get(workspaceId)
        const fresh = known && known.version === current.get(workspaceId) ? known : await load(tx, workspaceId)
        compiled.set(workspaceId, fresh)
        rules.set(workspaceId, fresh)
      }
      return rules
    },
  }
}
