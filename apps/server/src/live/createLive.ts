import { CicloError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { createWatcher, type Watcher } from './createWatcher.ts'
import { readLiveVersion } from './liveVersion.ts'

export interface LiveOptions {
  store: Pick<Store, 'read'>
  onError: (error: unknown) => void
  /** Milliseconds between two looks at what other processes, or parts that tell nobody, have written. */
  pollEvery: number
  /** The least milliseconds between two looks at one customer, however much happens to it. */
  lookEvery?: number
  /** How many pages of one workspace may follow at once. */
  mostFollowers?: number
}

/** One page that follows one customer. */
export interface Follower {
  /** The newest version that is known; undefined before the first look, null where the customer is gone. */
  version(): string | null | undefined
  /** Resolves when `version()` differs from what was given, or the following has ended. */
  changed(known: string | null | undefined): Promise<void>
  /** Set where the server stops. */
  hasEnded(): boolean
  stop(): void
}

/** Who follows which customers, and what has happened to them. */
export interface Live {
  /** Something was committed that concerns these customers. */
  touched(workspaceId: string, customerIds: readonly string[]): void
  /** Throws `too-many-requests` where enough pages of the workspace do. */
  follow(workspaceId: string, customerId: string): Follower
  /** Ends all streams: their pages turn to another server, or come back. */
  close(): void
}

const keyOf = (workspaceId: string, customerId: string) => JSON.stringify([workspaceId, customerId])

/**
 * Watches customers for as long as somebody follows them: told at once of what this process commits, and by looking
 * every few seconds of everything else. It keeps the last version of each and no queue, so a page that does not read
 * costs nothing, and is told the newest state when it does.
 */
export function createLive({
  store,
  onError,
  pollEvery,
  lookEvery = 200,
  mostFollowers = 100,
}: LiveOptions): Live {
  const watchers = new Map<string, { watcher: Watcher; followers: number }>()
  const counts = new Map<string, number>()
  let isClosed = false

  const enter = (workspaceId: string, customerId: string) => {
    const key = keyOf(workspaceId, customerId)
    const known = watchers.get(key)
    const entry = known ?? {
      watcher: createWatcher({
        look: async () => (await readLiveVersion(store, workspaceId, customerId)) ?? null,
        onError,
        pollEvery,
        lookEvery,
      }),
      followers: 0,
    }
    entry.followers += 1
    watchers.set(key, entry)
    counts.set(workspaceId, (counts.get(workspaceId) ?? 0) + 1)
    const leave = () => {
      entry.followers -= 1
      const left = (counts.get(workspaceId) ?? 1) - 1
      if (left > 0) counts.set(workspaceId, left)
      else counts.delete(workspaceId)
      if (entry.followers > 0) return
      entry.watcher.stop()
      watchers.delete(key)
    }
    return { watcher: entry.watcher, leave }
  }

  return {
    touched: (workspaceId, customerIds) => {
      if (!counts.has(workspaceId)) return
      for (const id of customerIds) watchers.get(keyOf(workspaceId, id))?.watcher.poke()
    },
    follow: (workspaceId, customerId) => {
      if (isClosed) throw new CicloError('store-unavailable', 'The server is stopping; ask again')
      if ((counts.get(workspaceId) ?? 0) >= mostFollowers)
        throw new CicloError(
          'too-many-requests',
          `${mostFollowers} pages follow customers of this workspace, expected fewer: close some, or ask for the page again`,
          { retryAfter: 30 },
        )
      const { watcher, leave } = enter(workspaceId, customerId)
      let isFollowing = true
      return {
        version: watcher.version,
        changed: watcher.changed,
        hasEnded: () => isClosed,
        stop: () => {
          if (!isFollowing) return
          isFollowing = false
          leave()
        },
      }
    },
    close: () => {
      isClosed = true
      for (const { watcher } of watchers.values()) watcher.stop()
    },
  }
}
