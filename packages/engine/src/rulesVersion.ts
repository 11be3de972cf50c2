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
  let next: RulesVersion | undefined
  // From the newest: of years of versions only the last few are ever new to somebody.
  for (let place = versions.length - 1; place >= 0; place -= 1) {
    const version = versions[place] as RulesVersion
    if (version.from <= after) break
    if (version.from <= until) next = version
  }
  return next
}

/** The settings that deadlines and lines are drawn by. */
const JUDGING = [
  'limits',
  'gaps',
  'vipLine',
  'vipShare',
  'currency',
  'engagement',
  'advocacy',
  'optInExpiry',
  'rfm',
] as const satisfies (keyof Settings)[]

/** Whether customers are judged by two settings alike. */
export const isJudgedAlike = (one: Settings, other: Settings): boolean =>
  JUDGING.every((name) => equalJson(one[name], other[name]))

/** What moves by more from one day to the next does so because other customers were imported, or the like. */
const SUDDEN = 0.2

/** What customers are measured by: the limit of somebody with an average gap, and the lines of value and RFM. */
function measuresOf({ settings, population }: RulesVersion): (number | undefined)[] {
  const { gaps, vipLine, rfm } = population ?? {}
  return [
    gaps ? percentileOf(gaps, settings.gaps.atRiskPercentile) : undefined,
    (settings.vipShare === null ? undefined : vipLine) ?? settings.vipLine,
    rfm?.frequency.middle,
    rfm?.frequency.top,
    rfm?.monetary.middle,
    rfm?.monetary.top,
  ]
}

/**
 * Whether a version judges everybody anew instead of following the shop from day to day: the first curve or lines, such
 * as have jumped, or other settings. What it moves are no milestones of the customers, and nobody is mailed for it.
 */
export function isRestatement(before: RulesVersion | undefined, after: RulesVersion): boolean {
  if (!before?.population?.gaps || !isJudgedAlike(before.settings, after.settings)) return true
  const measures = measuresOf(after)
  return measuresOf(before).some((was, place) => {
    const is = measures[place]
    return was === undefined || is === undefined ? was !== is : Math.abs(is - was) > SUDDEN * was
  })
}
