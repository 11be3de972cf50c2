import type { JourneyProblem } from '@ciclo/engine'
import { journeyDifference, type JourneyChange } from '@ciclo/journeys'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Store } from '../store/store.ts'
import type { StepRuns } from './countRuns.ts'
import { expectVersions } from './expectVersions.ts'
import { isCurrent, versionFor } from './lifeOfVersion.ts'
import { expectMapping, mappingTo, whyItStays, type RunsChoice } from './moveRuns.ts'
import { isUncounted } from './publish.ts'

/** Runs under way at a step, and what could become of them. */
export interface PreviewedRuns extends StepRuns {
  /** The step of the new version at which they would go on if they were moved; null where they cannot be. */
  to: string | null
  /** Why they cannot. */
  why: string | null
}

export interface PublishPreview {
  version: number
  hash: string
  problems: JourneyProblem[]
  /** The version that is live or paused now, to which the difference is; null where there is none. */
  from: number | null
  difference: JourneyChange[]
  /** Whether everybody has to be looked at once before it goes live. */
  mustCount: boolean
  /** Whether it takes the place of a paused version, and so begins paused. */
  isPaused: boolean
  runs: PreviewedRuns[]
  /** How many customers are where the trigger leads; null where it leads nowhere. */
  already: number | null
}

/** What publishing a journey's draft would do. Throws `not-found` and `conflict` where there is none. */
export async function previewPublish(
  { store, insight, now }: { store: Store; insight: InsightRunner; now: () => number },
  { workspaceId, id, runs }: { workspaceId: string; id: string; runs: Exclude<RunsChoice, 'stay'> },
  signal?: AbortSignal,
): Promise<PublishPreview> {
  const { versions, draft, mustCount } = await store.read(async (tx) => {
    const read = await expectVersions(tx, workspaceId, id)
    const found = versionFor(id, read, 'publish')
    return { versions: read, draft: found, mustCount: await isUncounted(tx, workspaceId, found.definition) }
  })
  const { definition, version, hash } = draft
  const current = versions.find(isCurrent)
  const older = versions.filter((one) => one !== draft)
  expectMapping(
    runs,
    older.map((one) => one.definition),
    definition,
  )
  const [judged, stepRuns, already] = await Promise.all([
    insight.run('journeyProblems', { workspaceId, definitions: [definition] }, { signal }),
    insight.run('journeyStepRuns', { workspaceId, id }, { signal }),
    insight.run('journeyThere', { workspaceId, trigger: definition.trigger, at: now() }, { signal }),
  ])
  const mappings = new Map(older.map((one) => [one.version, mappingTo(one.definition, definition, runs)]))
  return {
    version,
    hash,
    problems: judged[0] ?? [],
    from: current?.version ?? null,
    difference: current ? journeyDifference(current.definition, definition) : [],
    mustCount,
    isPaused: current?.status === 'paused',
    runs: stepRuns.map((one) => {
      const mapping = mappings.get(one.version) ?? {}
      const to = one.step !== null && Object.hasOwn(mapping, one.step) ? (mapping[one.step] ?? null) : null
      const from = older.find((other) => other.version === one.version)?.definition
      const reason = whyItStays(one.step, from, definition)
      const why = to === null ? (reason ?? 'the mapping does not name its step') : null
      return { ...one, to, why }
    }),
    already,
  }
}
