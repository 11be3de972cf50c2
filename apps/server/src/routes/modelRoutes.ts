import { BEGINNING } from '@ciclo/engine'
import { Hono } from 'hono'
import type { InsightRunner } from '../insight/runInsight.ts'
import { readCurrentRules } from '../store/queries/rulesVersions.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer } from './describeApi.ts'
import { ModelSchema } from './modelSchemas.ts'
import { iso } from './iso.ts'

const describe = describer('insight', 'There is no such page')

export interface ModelRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
}

/** What the shop's predictions rest on. */
export function createModelRoutes({ store, insight, now }: ModelRoutesOptions) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe('The parameters that customers are predicted by, and on how many they were fitted', ModelSchema),
    async (context) => {
      const workspaceId = context.get('workspaceId')
      const { number, from, population } = await store.read((tx) => readCurrentRules(tx, workspaceId))
      const fit = population?.fit ?? null
      const { signal } = context.req.raw
      const missing = fit ? null : await insight.run('missingForFit', { workspaceId, at: now() }, { signal })
      return context.json({
        fit: fit && { ...fit, at: iso(fit.at), firstAt: iso(fit.firstAt), lastAt: iso(fit.lastAt) },
        missing,
        version: number,
        validFrom: from === BEGINNING ? null : iso(from),
      })
    },
  )
}
