import { BEGINNING } from './customer.ts'
import { equalJson } from './equalJson.ts'
import { percentileOf } from './gapCurve.ts'
import type { Population } from './population.ts'
import type { Settings } from './settings.ts'

/**
 * What deadlines and lines are drawn by, and since when: the settings, and what the shop's customers together say. An
 * event is judged by the version of its own time, so that a replay of the past decides as the past did.
 *
 * What the shop's words mean (its currency, whose orders count, what consent may rest on) is read with today's
 * settings: a correction there is meant for the past as well.
 */
export interface RulesVersion {
  number: number
  from: number
  settings: Settings
  /** Null until there is enough to know. */
  population: Population | null
}

/** The versions of a workspace that has only ever had these settings. */
export const onlyVersion = (settings: Settings): readonly RulesVersion[] => [
  { number: 1, from: BEGINNING, settings, population: null },
]

/** The version that is valid at an instant; before the first one, the first. */
export function versionAt(versions: readonly RulesVersion[], at: number): RulesVersion {
  const valid = versions.findLast(({ from }) => from <= at) ?? versions[0]
  if (!valid) throw new RangeError('Rules without any version')
  return valid
}

/** The next version that begins after one instant and not after another. */
export function nextVersion(
  versions: readonly RulesVersion[],
  after: number,
  until: number,
): RulesVersion | undefined {
  const last = versions.at(-1)
  // Nearly always: everything up to the newest version has been looked at.
  if (!last || last.from <= after) return undefined
  return versions.find(({ from }) => from > after && from <= until)
}

/** The settings that deadlines and lines are drawn by. */
const judgingOf = ({
  limits,
  gaps,
  vipLine,
  vipShare,
  currency,
  engagement,
  advocacy,
  optInExpiry,
  rfm,
}: Settings) => ({
  limits,
  gaps,
  vipLine,
  vipShare,
  currency,
  engagement,
  advocacy,
  optInExpiry,
  rfm,
})

/** Whether customers are judged by two settings alike. */
export const isJudgedAlike = (one: Settings, other: Settings): boolean =>
  equalJson(judgingOf(one), judgingOf(other))

/** A limit that moves by more from one day to the next does so because other customers were imported, or the like. */
const SUDDEN = 0.2

/**
 * Whether a version judges everybody anew instead of following the shop from day to day: the first curve, one that has
 * jumped, or other settings. What it moves are no milestones of the customers, and nobody is mailed for it.
 */
export function isRestatement(before: RulesVersion | undefined, after: RulesVersion): boolean {
  const one = before?.population?.gaps
  const other = after.population?.gaps
  if (!before || !one || !other || !isJudgedAlike(before.settings, after.settings)) return true
  const percentile = after.settings.gaps.atRiskPercentile
  const was = percentileOf(one, percentile)
  return Math.abs(percentileOf(other, percentile) - was) > SUDDEN * was
}
