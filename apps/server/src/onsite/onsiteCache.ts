import { isShownAt, OnsiteMessageSchema, type OnsiteMessage, type OnsiteSurroundings } from '@ciclo/engine'
import { listOnsite } from '../store/queries/onsite.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'

/** The messages that are live, whether or not their time has come, and how they look. */
export interface LiveOnsite {
  messages: readonly OnsiteMessage[]
  surroundings: OnsiteSurroundings
}

/** What visitors are told is asked for with every page view: it is read from the store once in a while. */
export interface OnsiteCache {
  liveOf(workspaceId: string): Promise<LiveOnsite>
  /**
   * Whether anybody is shown anything now. Waits for the store only when a process is first asked of a workspace, and
   * is false where the store does not answer: no event waits for it, or fails by it.
   */
  isShowing(workspaceId: string): Promise<boolean>
  /** Reads anew when it is next asked: something was changed. */
  forget(workspaceId: string): void
}

export interface OnsiteCacheOptions {
  store: Store
  now: () => number
  onError: (error: unknown) => void
}

/** How long another process may still tell what was changed here. */
const REMEMBERED_FOR = 3_000

interface Entry {
  live: LiveOnsite
  readAt: number
}

export function createOnsiteCache({ store, now, onError }: OnsiteCacheOptions): OnsiteCache {
  const entries = new Map<string, Entry>()
  const pending = new Map<string, Promise<LiveOnsite>>()

  const read = async (workspaceId: string): Promise<LiveOnsite> =>
    await store.read(async (tx) => {
      const stored = await listOnsite(tx, workspaceId)
      const { brand, locale } = await readSettings(tx, workspaceId)
      const messages = stored.flatMap(({ definition }) => {
        // One of another version, which had other words, must not keep the others back.
        const parsed = OnsiteMessageSchema.safeParse(definition)
        return parsed.success && parsed.data.live ? [parsed.data] : []
      })
      return { messages, surroundings: { brand, shopLocale: locale } }
    })

  const refresh = async (workspaceId: string): Promise<LiveOnsite> => {
    const underway = pending.get(workspaceId)
    if (underway) return await underway
    const reading = read(workspaceId)
    pending.set(workspaceId, reading)
    const isNewest = () => pending.get(workspaceId) === reading
    try {
      const live = await reading
      if (isNewest()) entries.set(workspaceId, { live, readAt: now() })
      return live
    } catch (error) {
      // A store that is away is not asked again by every page view.
      const known = entries.get(workspaceId)
      if (known && isNewest()) entries.set(workspaceId, { ...known, readAt: now() })
      throw error
    } finally {
      if (isNewest()) pending.delete(workspaceId)
    }
  }

  const liveOf = async (workspaceId: string): Promise<LiveOnsite> => {
    const known = entries.get(workspaceId)
    if (!known) return await refresh(workspaceId)
    if (now() - known.readAt >= REMEMBERED_FOR) void refresh(workspaceId).catch(onError)
    return known.live
  }

  return {
    liveOf,
    isShowing: async (workspaceId) => {
      try {
        const { messages } = await liveOf(workspaceId)
        return messages.some((message) => isShownAt(message, now()))
      } catch (error) {
        onError(error)
        return false
      }
    },
    forget: (workspaceId) => {
      entries.delete(workspaceId)
      pending.delete(workspaceId)
    },
  }
}
