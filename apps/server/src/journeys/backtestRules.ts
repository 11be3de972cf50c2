import { compileRules, type Journey, type JourneyVersion, type Rules } from '@ciclo/engine'
import { readDatedRules } from '../store/queries/rulesVersions.ts'
import { readSegments } from '../store/queries/segments.ts'
import { readJourneyVersions, readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx } from '../store/store.ts'

/** The rules by which a period is lived through twice. */
export interface BacktestRules {
  /** All live journeys, with the candidate in the place of its live version. */
  candidate: Rules
  /** As it is: all live journeys. */
  live: Rules
  hasLive: boolean
  /** Whether both versions let in the very same: whoever does not come into one does not come into the other. */
  entersAlike: boolean
}

/** No version that is stored has it. */
const CANDIDATE_VERSION = 0

const entryOf = ({ trigger, entry, key, reentry, repeat, exclusion, goal, exits, steps }: Journey) =>
  JSON.stringify([
    trigger,
    entry,
    key,
    reentry,
    repeat,
    exclusion,
    goal,
    exits,
    // A journey of marketing alone lets in nobody who has said no.
    steps.flatMap((step) => (step.kind === 'send' ? step.purpose : [])).toSorted(),
  ])

/** Both rules know the same journeys in the same order, so that they count the same events of a customer. */
export async function readBacktestRules(
  tx: ReadTx,
  workspaceId: string,
  definition: Journey,
): Promise<BacktestRules> {
  const workspace = await readWorkspace(tx, workspaceId)
  if (!workspace) throw new RangeError(`There is no workspace ${workspaceId}`)
  const stored = await readJourneyVersions(tx, workspaceId)
  const live = stored.filter(({ status }) => status === 'live')
  const current = live.find((one) => one.definition.id === definition.id)
  const versions = await readDatedRules(tx, workspaceId)
  const segments = await readSegments(tx, workspaceId)
  const { settings, rulesVersion } = workspace
  const rulesWith = (isCandidateLive: boolean) => {
    const candidate: JourneyVersion = {
      definition,
      version: CANDIDATE_VERSION,
      status: isCandidateLive ? 'live' : 'finishing',
    }
    const journeys = live.map((one) =>
      one === current && isCandidateLive ? { ...one, status: 'finishing' as const } : one,
    )
    return compileRules({
      version: rulesVersion,
      settings,
      versions,
      segments,
      journeys: [...journeys, candidate],
    })
  }
  return {
    candidate: rulesWith(true),
    live: rulesWith(false),
    hasLive: current !== undefined,
    entersAlike: current !== undefined && entryOf(current.definition) === entryOf(definition),
  }
}
