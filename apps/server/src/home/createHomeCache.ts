import type { InsightRunner } from '../insight/runInsight.ts'
import type { InsightResult } from '../insight/insightTasks.ts'

/** What is read over all customers, part by part. */
type HomePart = 'homeMap' | 'homeMoney' | 'homeMail' | 'homeFigures'

export interface Counted<Value> {
  value: Value
  /** When it was counted: epoch milliseconds. */
  at: number
  /** Whether it is being counted anew. */
  isCounting: boolean
}

interface HomeCache {
  /**
   * What is known of a part, counted anew where it is old: waited for a moment, else what was known before is
   * given, or null where nothing was.
   */
  get<Part extends HomePart>(
    part: Part,
    shop: { workspaceId: string; rulesVersion: number },
  ): Promise<Counted<InsightResult<Part>> | null>
}

interface HomeCacheOptions {
  insight: InsightRunner
  now: () => number
  onError: (error: unknown) => void
}

interface Kept {
  value: unknown
  rulesVersion: number
  at: number
  steadyAt: number
  took: number
}

/** What has taken long is kept for long: counting takes a tenth of the time at the most. Milliseconds. */
const LIFE_BY_COST = 10
const LONGEST_LIFE = 10 * 60_000
/** For what is known already nobody waits for longer than for a page; for the first look some patience is fair. */
const PATIENCE_WITH_OLD = 150
const PATIENCE = 3_000
const MOST_KEPT = 300

const after = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })

/** Remembers what was counted over all customers, and has it counted anew in the background. */
export function createHomeCache({ insight, now, onError }: HomeCacheOptions): HomeCache {
  const kept = new Map<string, Kept>()
  const running = new Map<string, Promise<void>>()

  const isFresh = ({ rulesVersion, at, steadyAt, took }: Kept, wanted: number) => {
    const life = Math.min(LONGEST_LIFE, took * LIFE_BY_COST)
    return rulesVersion === wanted && performance.now() - steadyAt <= life && Math.abs(now() - at) <= life
  }

  const count = async (key: string, part: HomePart, workspaceId: string, rulesVersion: number) => {
    const [at, begun] = [now(), performance.now()]
    try {
      const value = await insight.run(part, { workspaceId, now: at })
      const steadyAt = performance.now()
      kept.delete(key)
      kept.set(key, { value, rulesVersion, at, steadyAt, took: steadyAt - begun })
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
    } catch (error) {
      onError(error)
    } finally {
      running.delete(key)
    }
  }

  return {
    get: async <Part extends HomePart>(
      part: Part,
      { workspaceId, rulesVersion }: { workspaceId: string; rulesVersion: number },
    ) => {
      const key = `${part} ${workspaceId}`
      const before = kept.get(key)
      if (!before || !isFresh(before, rulesVersion)) {
        const run = running.get(key) ?? count(key, part, workspaceId, rulesVersion)
        // Counting waits for another process: it is over at the earliest when this one has gone on.
        running.set(key, run)
        await Promise.race([run, after(before ? PATIENCE_WITH_OLD : PATIENCE)])
      }
      const found = kept.get(key)
      if (!found) return null
      return { value: found.value as InsightResult<Part>, at: found.at, isCounting: running.has(key) }
    },
  }
}
