import { DAY } from '@ciclo/engine'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Job } from '../loops/jobs.ts'
import { dropRecommendations, saveRecommendations } from '../store/queries/recommendations.ts'
import type { Store } from '../store/store.ts'
import type { BuiltList } from './buildRecommendations.ts'

export const BUILD_RECOMMENDATIONS = 'build-recommendations'

const DROPPED_AT_ONCE = 500

/** Makes the recommendations anew once a day, and when somebody asks. The old ones are shown until the new ones are there. */
export const createRecommendationsJob = ({
  store,
  insight,
  now,
}: {
  store: Store
  insight: InsightRunner
  now: () => number
}): Job => ({
  name: BUILD_RECOMMENDATIONS,
  every: DAY,
  async run({ workspaceId, signal }) {
    const builtAt = now()
    const onPart = async (part: BuiltList[]) =>
      await store.write((tx) =>
        saveRecommendations(
          tx,
          workspaceId,
          part.map((list) => ({ ...list, builtAt })),
        ),
      )
    const built = await insight.run('recommendations', { workspaceId, at: builtAt }, { signal, onPart })
    for (let dropped = DROPPED_AT_ONCE; dropped === DROPPED_AT_ONCE;)
      dropped = await store.write((tx) => dropRecommendations(tx, workspaceId, builtAt, DROPPED_AT_ONCE))
    return built
  },
})
