import type { JourneyProblem } from '@ciclo/engine'
import { writeJourneyText } from '@ciclo/journeys'
import type { StepRuns } from '../journeys/countRuns.ts'
import { isCurrent, isDraft, shownVersion, statusOf } from '../journeys/lifeOfVersion.ts'
import type { PublishPreview } from '../journeys/previewPublish.ts'
import type { DefinitionProblem } from '../journeys/readDefinition.ts'
import type { StoredVersion, VersionRecord } from '../store/queries/journeys.ts'
import { iso, isoOrNull } from './iso.ts'

export const presentProblem = ({
  severity,
  code,
  path,
  step,
  message,
  ...rest
}: JourneyProblem | DefinitionProblem) => ({
  severity,
  code,
  path,
  step,
  message,
  ...('locales' in rest ? { locales: rest.locales } : {}),
  ...('line' in rest ? { line: rest.line, column: rest.column } : {}),
})

export const presentStepRuns = ({ heldSince, ...runs }: StepRuns) => ({
  ...runs,
  heldSince: isoOrNull(heldSince),
})

const presentVersion = ({
  version,
  status,
  hash,
  createdAt,
  publishedAt,
  opening,
  runsTo,
}: VersionRecord) => ({
  version,
  status,
  hash,
  createdAt: iso(createdAt),
  publishedAt: isoOrNull(publishedAt),
  opening,
  runsTo: runsTo?.kind ?? null,
})

export const presentVersionDetail = (stored: StoredVersion) => ({
  id: stored.id,
  ...presentVersion(stored),
  definition: stored.definition,
  text: writeJourneyText(stored.definition),
})

const presentDefinition = (stored: StoredVersion | undefined) =>
  stored ? { version: stored.version, hash: stored.hash, definition: stored.definition } : null

export function presentJourney(
  id: string,
  versions: readonly StoredVersion[],
  problems: readonly JourneyProblem[],
  runs: readonly StepRuns[],
) {
  const runningOf = (version: number) =>
    runs.reduce((sum, one) => sum + (one.version === version ? one.runs : 0), 0)
  const shown = shownVersion(versions)
  return {
    id,
    name: shown?.name ?? id,
    status: statusOf(versions),
    hash: shown?.hash ?? '',
    versions: versions.map((one) => ({ ...presentVersion(one), running: runningOf(one.version) })),
    current: presentDefinition(versions.find(isCurrent)),
    draft: presentDefinition(versions.find(isDraft)),
    shown: presentDefinition(shown),
    problems: problems.map(presentProblem),
    runs: runs.map(presentStepRuns),
  }
}

export const presentPreview = ({ problems, runs, ...preview }: PublishPreview) => ({
  ...preview,
  problems: problems.map(presentProblem),
  runs: runs.map(({ to, why, ...one }) => ({ ...presentStepRuns(one), to, why })),
})
