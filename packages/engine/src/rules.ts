import { compileJourney, type CompiledJourney } from './compileJourney.ts'
import type { Journey } from './journey.ts'
import type { Settings } from './settings.ts'
import type { SignalFrame } from './signal.ts'

/** A journey version and whether it takes new enrolments; a version that does not still finishes its runs. */
export interface JourneyVersion {
  definition: Journey
  live: boolean
}

/** All that `step` needs besides the customer. Compiled once per (workspace, rulesVersion), immutable. */
export interface Rules {
  version: number
  settings: Settings
  /** Every version that is live or has a run under way, by `journeyVersionKey`. */
  journeys: ReadonlyMap<string, CompiledJourney>
  /** The live journeys by the lifecycle state whose entry starts them: `region:state`. */
  byTransition: ReadonlyMap<string, readonly CompiledJourney[]>
}

export const journeyVersionKey = (journeyId: string, version: number) => `${journeyId}@${version}`
export const transitionKey = (region: string, to: string) => `${region}:${to}`

export function compileRules(
  version: number,
  settings: Settings,
  versions: readonly JourneyVersion[],
): Rules {
  const journeys = new Map<string, CompiledJourney>()
  const byTransition = new Map<string, CompiledJourney[]>()
  for (const { definition, live } of versions) {
    const compiled = compileJourney(definition)
    journeys.set(journeyVersionKey(definition.id, definition.version), compiled)
    if (!live) continue
    const key = transitionKey(definition.trigger.region, definition.trigger.to)
    byTransition.set(key, [...(byTransition.get(key) ?? []), compiled])
  }
  return { version, settings, journeys, byTransition }
}

/** The numbers of the rules that the lifecycle machine looks at, at one instant. */
export function frameAt(at: number, { settings }: Rules): SignalFrame {
  return {
    at,
    limits: settings.limits,
    vipLine: settings.vipLine,
    coldAfter: settings.engagement.coldAfter,
    coldReceived: settings.engagement.coldReceived,
    optInExpiry: settings.optInExpiry,
  }
}
