import { BEGINNING, DAY, FEWEST_GAPS, NO_ORDERS, personalLimits, type RulesVersion } from '@ciclo/engine'
import { Hono } from 'hono'
import type { InsightRunner } from '../insight/runInsight.ts'
import { readCurrentRules } from '../store/queries/rulesVersions.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer } from './describeApi.ts'
import { GapsSchema, type Gaps } from './gapSchemas.ts'

const describe = describer('insight', 'There is no such page')

const inDays = (duration: number) => Math.round((duration / DAY) * 100) / 100

function presentGaps(
  { number, from, settings, population }: RulesVersion,
  { gaps, openGaps }: { gaps: number; openGaps: number },
): Gaps {
  const curve = population?.gaps ?? null
  const { basis, atRisk, lapsed, lost, expectedGap } = personalLimits(NO_ORDERS, settings, curve)
  return {
    basis: curve?.basis ?? 'cold-start',
    mode: settings.gaps.mode,
    gaps,
    openGaps,
    needed: FEWEST_GAPS,
    missing: Math.max(0, FEWEST_GAPS - gaps),
    returning: curve && Math.round(curve.returning * 10_000) / 10_000,
    percentiles: (curve?.percentiles ?? []).map((duration, index) => ({
      percentile: index + 1,
      days: inDays(duration),
    })),
    curve: curve?.curve ?? [],
    limits: {
      basis,
      atRisk: inDays(atRisk),
      lapsed: inDays(lapsed),
      lost: inDays(lost),
      expectedGap: expectedGap === null ? null : inDays(expectedGap),
    },
    computedAt: curve && population ? new Date(population.at).toISOString() : null,
    version: number,
    validFrom: from === BEGINNING ? null : new Date(from).toISOString(),
  }
}

export interface GapRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
}

/** The order gaps of the shop's customers together. */
export function createGapRoutes({ store, insight, now }: GapRoutesOptions) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe('The curve of the shop’s order gaps that limits follow, and those limits', GapsSchema),
    async (context) => {
      const workspaceId = context.get('workspaceId')
      const rules = await store.read((tx) => readCurrentRules(tx, workspaceId))
      const counts =
        rules.population?.gaps ??
        (await insight.run('gapCounts', { workspaceId, at: now() }, { signal: context.req.raw.signal }))
      return context.json(presentGaps(rules, counts))
    },
  )
}
