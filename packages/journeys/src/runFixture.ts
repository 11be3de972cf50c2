import {
  BEGINNING,
  compileRules,
  simulate,
  type Journey,
  type Population,
  type RulesVersion,
} from '@ciclo/engine'
import { describeDifference } from './describeDifference.ts'
import { fixtureInputs, instantOf } from './fixtureInputs.ts'
import { outcomeOf } from './fixtureOutcome.ts'
import type { Fixture, FixtureCase } from './fixtureSchema.ts'
import { fixtureSettings } from './fixtureSettings.ts'
import { fixtureClock } from './fixtureTime.ts'

/** What a fixture is run with. */
export interface FixtureJourneys {
  journey: Journey
  others: readonly Journey[]
}

export interface CaseResult {
  name: string
  /** How it differs from what was expected; nothing where it passed. */
  difference: string[]
}

/** What the shop's customers together say: no more than how often they buy. */
function populationOf({ purchases }: Fixture): Population | null {
  if (!purchases) return null
  const model = { ...purchases, logLikelihood: 0 }
  const seen = { at: 0, customers: 1_000, repeaters: 500, firstAt: 0, lastAt: 0 }
  return {
    buyers: 1_000,
    at: 0,
    gaps: null,
    vipLine: null,
    rfm: null,
    fit: { ...seen, mbgnbd: model, bgnbd: model, gammaGamma: null },
  }
}

function runCase(fixture: Fixture, one: FixtureCase, { journey, others }: FixtureJourneys): CaseResult {
  const clock = fixtureClock({ fixture, one })
  const settings = fixtureSettings(fixture, one)
  const version: RulesVersion = { number: 1, from: BEGINNING, settings, population: populationOf(fixture) }
  const rules = compileRules({
    version: 1,
    settings,
    versions: [version],
    journeys: [journey, ...others].map((definition) => ({ definition, version: 1, status: 'live' })),
    segments: fixture.segments.map((segment) => ({ ...segment, isLive: true })),
  })
  const options = { customerId: 'customer', since: clock.start, until: instantOf(one.until, clock) }
  try {
    const outcome = outcomeOf(simulate(fixtureInputs(one, clock), rules, options))
    return { name: one.name, difference: describeDifference(one.expect, outcome, journey.id, clock) }
  } catch (error) {
    // Such as a journey that goes in a circle.
    return { name: one.name, difference: [`cannot be run: ${(error as Error).message}`] }
  }
}

/** Runs a fixture's cases, each with a customer of its own: their results in the order in which they are written. */
export const runFixture = (fixture: Fixture, journeys: FixtureJourneys): CaseResult[] =>
  fixture.cases.map((one) => runCase(fixture, one, journeys))
