import { compileJourney, type CompiledJourney } from './compileJourney.ts'
import type { Customer } from './customer.ts'
import type { Journey } from './journey.ts'
import { personalLimits } from './personalLimits.ts'
import { isRestatement, onlyVersion, versionAt, type RulesVersion } from './rulesVersion.ts'
import { compileSegments, type CompiledSegments, type SegmentDefinition } from './segments/compileSegments.ts'
import type { Settings } from './settings.ts'
import type { SignalFrame } from './signal.ts'
import type { TransitionRegion } from './transitionReason.ts'

/** A journey version and whether it takes new enrolments; a version that does not still finishes its runs. */
export interface JourneyVersion {
  definition: Journey
  live: boolean
}

/** All that `step` needs besides the customer. Compiled once per (workspace, rulesVersion), immutable. */
export interface Rules {
  version: number
  /** Today's: what the shop's words mean. */
  settings: Settings
  /** What deadlines and lines are drawn by, oldest first. */
  versions: readonly RulesVersion[]
  /** Every version that is live or has a run under way, by `journeyVersionKey`. */
  journeys: ReadonlyMap<string, CompiledJourney>
  /** The live journeys by what starts them: `triggerKey`. */
  byTrigger: ReadonlyMap<string, readonly CompiledJourney[]>
  /** The numbers of the versions that judge everybody anew: `isRestatement`. */
  restating: ReadonlySet<number>
  segments: CompiledSegments
}

export const journeyVersionKey = (journeyId: string, version: number) => `${journeyId}@${version}`
export const triggerKey = (region: TransitionRegion, to: string) => `${region}:${to}`

function regionOf(trigger: Journey['trigger']): TransitionRegion {
  if (trigger.kind === 'segment') return `segment:${trigger.segment}`
  return trigger.kind === 'rfm' ? 'rfm' : trigger.region
}

export interface RulesSource {
  version: number
  settings: Settings
  journeys?: readonly JourneyVersion[]
  /** Left out: the settings have always been these, and nothing is known of the shop's customers together. */
  versions?: readonly RulesVersion[]
  segments?: readonly SegmentDefinition[]
}

export function compileRules(source: RulesSource): Rules {
  const { version, settings } = source
  const journeys = new Map<string, CompiledJourney>()
  const byTrigger = new Map<string, CompiledJourney[]>()
  for (const { definition, live } of source.journeys ?? []) {
    const compiled = compileJourney(definition)
    journeys.set(journeyVersionKey(definition.id, definition.version), compiled)
    if (!live) continue
    const key = triggerKey(regionOf(definition.trigger), definition.trigger.to)
    byTrigger.set(key, [...(byTrigger.get(key) ?? []), compiled])
  }
  const versions = source.versions && source.versions.length > 0 ? source.versions : onlyVersion(settings)
  const segments = compileSegments(source.segments ?? [])
  const restating = new Set(
    versions.flatMap((one, position) => (isRestatement(versions[position - 1], one) ? [one.number] : [])),
  )
  return { version, settings, versions, restating, journeys, byTrigger, segments }
}

/** The numbers that the lifecycle machine looks at, for one customer at one instant. */
export function frameAt(at: number, customer: Pick<Customer, 'figures'>, { versions }: Rules): SignalFrame {
  const { settings, population } = versionAt(versions, at)
  const { engagement, advocacy, vipShare } = settings
  const distribution = vipShare === null ? null : (population?.vipLine ?? null)
  return {
    at,
    limits: personalLimits(customer.figures, settings, population?.gaps ?? null),
    vipLine: distribution ?? settings.vipLine,
    lineFrom: distribution === null ? 'settings' : 'distribution',
    currency: settings.currency,
    warmFor: Math.min(engagement.warmFor, engagement.coldAfter),
    coldAfter: engagement.coldAfter,
    coldReceived: engagement.coldReceived,
    optInExpiry: settings.optInExpiry,
    promoterScore: advocacy.promoterScore,
    detractorScore: advocacy.detractorScore,
  }
}
