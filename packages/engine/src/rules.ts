import type { Customer } from './customer.ts'
import { compileJourney, type CompiledJourney, type JourneyStatus } from './journeys/compileJourney.ts'
import type { Enrolment } from './journeys/enrolment.ts'
import type { Journey } from './journeys/journey.ts'
import { questionKey } from './journeys/matchEvent.ts'
import { personalLimits } from './personalLimits.ts'
import { isRestatement, onlyVersion, versionAt, type RulesVersion } from './rulesVersion.ts'
import { compileSegments, type CompiledSegments, type SegmentDefinition } from './segments/compileSegments.ts'
import type { Settings } from './settings.ts'
import type { SignalFrame } from './signal.ts'
import { stableShare } from './stableShare.ts'
import type { TransitionRegion } from './transitionReason.ts'

/** A journey version and what it does now. */
export interface JourneyVersion {
  definition: Journey
  version: number
  status: JourneyStatus
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
  /** The live version of each journey, by its id. */
  live: ReadonlyMap<string, CompiledJourney>
  /** The live journeys by the transition that starts them: `triggerKey`. */
  byTrigger: ReadonlyMap<string, readonly CompiledJourney[]>
  /** The live journeys by the event that starts them: `questionKey`. */
  byEvent: ReadonlyMap<string, readonly CompiledJourney[]>
  /** The live journeys that a date starts. */
  dated: readonly CompiledJourney[]
  /** What these are and how they are read: by another one, everybody's dates are looked at anew. */
  datedBy: string
  /** The numbers of the versions that judge everybody anew: `isRestatement`. */
  restating: ReadonlySet<number>
  segments: CompiledSegments
}

const journeyVersionKey = (journeyId: string, version: number) => `${journeyId}@${version}`
/** Under what a transition is looked up: `stage:>new`, `stage:new>`, `stage:new>active`. */
export const triggerKey = (region: TransitionRegion, change: string) => `${region}:${change}`

/** The version that a run is of. */
export const journeyOf = (
  { journeys }: Pick<Rules, 'journeys'>,
  { journeyId, version }: Pick<Enrolment, 'journeyId' | 'version'>,
): CompiledJourney | undefined => journeys.get(journeyVersionKey(journeyId, version))

function changeOf(trigger: Journey['trigger']): string | undefined {
  if (trigger.kind === 'segment') return triggerKey(`segment:${trigger.segment}`, `>${trigger.to}`)
  if (trigger.kind === 'rfm') return triggerKey('rfm', `>${trigger.to}`)
  return trigger.kind === 'transition'
    ? triggerKey(trigger.region, `${trigger.from ?? ''}>${trigger.to ?? ''}`)
    : undefined
}

function addTo(index: Map<string, CompiledJourney[]>, key: string, compiled: CompiledJourney): void {
  index.set(key, [...(index.get(key) ?? []), compiled])
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
  const live = new Map<string, CompiledJourney>()
  const byTrigger = new Map<string, CompiledJourney[]>()
  const byEvent = new Map<string, CompiledJourney[]>()
  const dated: CompiledJourney[] = []
  for (const { definition, version: number, status } of source.journeys ?? []) {
    const compiled = compileJourney(definition, number, status)
    journeys.set(journeyVersionKey(definition.id, number), compiled)
    if (status !== 'live') continue
    live.set(definition.id, compiled)
    const { trigger } = definition
    const change = changeOf(trigger)
    if (change !== undefined) addTo(byTrigger, change, compiled)
    else if (trigger.kind === 'event') addTo(byEvent, questionKey(trigger.type, trigger.name), compiled)
    else if (trigger.kind === 'date') dated.push(compiled)
  }
  const versions = source.versions && source.versions.length > 0 ? source.versions : onlyVersion(settings)
  const counting = [...journeys.values()].flatMap(({ rules }) => rules)
  const segments = compileSegments(source.segments ?? [], counting)
  const datedBy =
    dated.length === 0
      ? ''
      : stableShare(
          JSON.stringify([
            settings.shop.timeZone,
            dated.map(({ definition: { id, trigger } }) => [id, trigger]),
          ]),
        ).toString(36)
  const restating = new Set(
    versions.flatMap((one, position) => (isRestatement(versions[position - 1], one) ? [one.number] : [])),
  )
  return {
    version,
    settings,
    versions,
    restating,
    journeys,
    live,
    byTrigger,
    byEvent,
    dated,
    datedBy,
    segments,
  }
}

/** The rules by which no journey begins. */
export const withoutStarts = (rules: Rules): Rules => ({
  ...rules,
  live: new Map(),
  byTrigger: new Map(),
  byEvent: new Map(),
  dated: [],
  datedBy: '',
})

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
