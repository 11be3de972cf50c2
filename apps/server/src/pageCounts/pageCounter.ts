import { addPageCounts, countPageCounts, pageCountKey, type PageCount } from '../store/queries/pageCounts.ts'
import type { Store } from '../store/store.ts'

/** A view of a page, of nobody in particular. */
export type PageView = Omit<PageCount, 'day' | 'views'>

export interface PageCounter {
  /** Counts a view. It is written down within seconds: a crash loses what was counted since. */
  count(workspaceId: string, view: PageView): void
  /** Writes down what was counted and is not written yet. Never rejects. */
  flush(): Promise<void>
}

interface PageCounterOptions {
  store: Store
  now: () => number
  onError: (error: unknown) => void
}

/** One small transaction in so many milliseconds, however many pages are seen. */
const WRITE_EVERY = 5_000

/**
 * Different rows of a day and workspace. A public key lets anybody count pages that do not exist; what is beyond is
 * counted as one page.
 */
export const MOST_ROWS = 5_000

/** The page that stands for all that are beyond. */
const OTHER_PAGES: PageView = { path: '(others)', referrer: '', campaign: '' }

/** The day of an instant, in UTC: 2026-11-23. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Counts pages that were seen by visitors who have not agreed to more. */
export function createPageCounter({ store, now, onError }: PageCounterOptions): PageCounter {
  let waiting = new Map<string, Map<string, PageCount>>()
  let timeout: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    const counted = waiting
    if (counted.size === 0) return
    waiting = new Map()
    try {
      await store.write(async (tx) => {
        for (const workspaceId of [...counted.keys()].toSorted())
          await addPageCounts(tx, workspaceId, [...(counted.get(workspaceId)?.values() ?? [])])
      })
    } catch (error) {
      // Figures for people: what could not be written is left out, and nothing waits for it.
      onError(error)
    }
  }
  const flush = async () => {
    clearTimeout(timeout)
    timeout = undefined
    writing = writing.then(write)
    await writing
  }

  /** By workspace: how many rows its day has, as far as this process knows. */
  const known = new Map<string, { day: string; rows: Set<string>; stored: number }>()
  const knownOf = (workspaceId: string, day: string) => {
    const current = known.get(workspaceId)
    if (current?.day === day) return current
    const fresh = { day, rows: new Set<string>(), stored: 0 }
    known.set(workspaceId, fresh)
    // What other processes and an earlier one have made counts as well, as soon as it is known.
    void store
      .read((tx) => countPageCounts(tx, workspaceId, day))
      .then((rows) => {
        fresh.stored = rows
      }, onError)
    return fresh
  }

  return {
    count: (workspaceId, view) => {
      const day = dayOf(now())
      const today = knownOf(workspaceId, day)
      const isRoom =
        today.rows.has(pageCountKey({ day, ...view })) || today.stored + today.rows.size < MOST_ROWS
      const row = { day, ...(isRoom ? view : OTHER_PAGES) }
      const key = pageCountKey(row)
      today.rows.add(key)
      const counts = waiting.get(workspaceId) ?? new Map<string, PageCount>()
      waiting.set(workspaceId, counts)
      counts.set(key, { ...row, views: (counts.get(key)?.views ?? 0) + 1 })
      timeout ??= setTimeout(() => void flush(), WRITE_EVERY).unref()
    },
    flush,
  }
}
