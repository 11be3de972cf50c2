import { ApiProblem } from '../api/apiProblem.ts'
import type { KeptDrafts, LeftDraft } from './keptDrafts.ts'

/** What the server has of something that is edited; `hash` is null as long as it has nothing. */
export interface Stored<Value> {
  value: Value
  hash: string | null
}

/** How an editor's values come and go. */
export interface DraftDoor<Value> {
  /** Writes only where the server still has `expected`. Throws `ApiProblem` with the status 409 or 412 where it does not. */
  save: (value: Value, expected: string | null) => Promise<{ hash: string }>
  read: () => Promise<Stored<Value>>
}

/**
 * `saved`: the server has it; `changed`: about to be saved; `waiting`: there is no connection, and it is tried again;
 * `refused`: the server does not take it as it stands; `conflict`: somebody else has changed it meanwhile.
 */
export type DraftStatus = 'saved' | 'changed' | 'saving' | 'waiting' | 'refused' | 'conflict'

export interface DraftState<Value> {
  value: Value
  status: DraftStatus
  /** Why it waits or is refused. */
  problem: Error | null
  /** What the server has instead: in a conflict. */
  theirs: Value | null
  /** The hash of what the server has, as far as this page knows. */
  hash: string | null
  /** `restored`: an earlier tab had left it; `renewed`: somebody else's change is shown now. */
  news: 'restored' | 'renewed' | null
  /** Whether this device would still have it if the tab went away now. */
  isKept: boolean
}

export interface DraftKeeper<Value> {
  state: () => DraftState<Value>
  subscribe: (listener: () => void) => () => void
  /**
   * Takes over what an earlier tab has left. Only when it is shown: a page that is still being drawn may be drawn anew,
   * with another keeper, and what the first has taken is seen by nobody.
   */
  begin: () => void
  edit: (value: Value) => void
  /** Saves at once, and resolves when the server has it all; rejects where it does not come to that. */
  flush: () => Promise<void>
  /** Looks whether somebody else has changed it. */
  look: () => Promise<void>
  keepMine: () => void
  takeTheirs: () => void
  /** The news were read. */
  heard: () => void
  /** Writes to this device what waits to be kept. */
  keepNow: () => void
  stop: () => void
}

interface KeeperParts<Value> {
  /** What is edited, such as `journey/welcome`. */
  key: string
  start: Stored<Value>
  door: DraftDoor<Value>
  kept: KeptDrafts
  isSame: (one: Value, other: Value) => boolean
  now: () => number
  /** Calls it after so many milliseconds; returns what calls it off. */
  later: (call: () => void, milliseconds: number) => () => void
  /** Told when something of that key was saved: other tabs look at it. */
  onSaved?: (hash: string) => void
}

/** After the last letter. */
const SAVE_AFTER = 800
const KEEP_AFTER = 200
const FIRST_RETRY = 2_000
const LAST_RETRY = 60_000

const nothing = () => {}

const isConflict = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 409 || error.status === 412)
/** What the server has looked at and does not take; anything else may go better in a moment. */
const isRefusal = (error: unknown) =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429
const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/**
 * Sees to it that nothing that is edited is lost: it is kept on this device until the server has it, saved by itself,
 * tried again without a connection, and never written over what somebody else has saved meanwhile.
 */
export function createDraftKeeper<Value>(parts: KeeperParts<Value>): DraftKeeper<Value> {
  const { key, door, kept, isSame, now, later } = parts
  let state: DraftState<Value> = {
    value: parts.start.value,
    status: 'saved',
    problem: null,
    theirs: null,
    hash: parts.start.hash,
    news: null,
    isKept: true,
  }
  let theirHash: string | null = null
  let saving: Promise<void> | undefined
  let retryAfter = FIRST_RETRY
  let callOffSave = nothing
  let callOffKeep = nothing
  let isStopped = false
  const listeners = new Set<() => void>()
  const set = (next: Partial<DraftState<Value>>) => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  const keepNow = () => {
    callOffKeep()
    callOffKeep = nothing
    if (state.status === 'saved') return
    const isKept = kept.keep(key, { value: state.value, base: state.hash, at: now() })
    if (isKept !== state.isKept) set({ isKept })
  }

  const saveLater = (milliseconds: number) => {
    callOffSave()
    if (!isStopped) callOffSave = later(() => void save().catch(nothing), milliseconds)
  }

  const meet = async (): Promise<void> => {
    const { value, hash } = await door.read()
    if (isSame(value, state.value)) {
      kept.drop(key)
      set({ status: 'saved', hash, theirs: null, problem: null })
      return
    }
    theirHash = hash
    set({ status: 'conflict', theirs: value, problem: null })
  }

  const save = async (): Promise<void> => {
    callOffSave()
    if (saving) {
      await saving.catch(nothing)
      if (state.status === 'changed' || state.status === 'waiting') await save()
      return
    }
    if (state.status === 'saved' || state.status === 'conflict') return
    const { value, hash } = state
    set({ status: 'saving', problem: null })
    saving = (async () => {
      try {
        const saved = await door.save(value, hash)
        retryAfter = FIRST_RETRY
        const isAll = isSame(value, state.value)
        set({ status: isAll ? 'saved' : 'changed', hash: saved.hash, problem: null })
        if (isAll) {
          callOffKeep()
          kept.drop(key)
          set({ isKept: true })
        } else {
          keepNow()
          saveLater(SAVE_AFTER)
        }
        parts.onSaved?.(saved.hash)
      } catch (error) {
        keepNow()
        if (isConflict(error)) {
          try {
            await meet()
            return
          } catch (unread) {
            set({ status: 'waiting', problem: errorOf(unread) })
          }
        } else {
          set({ status: isRefusal(error) ? 'refused' : 'waiting', problem: errorOf(error) })
        }
        if (state.status === 'waiting') {
          saveLater(retryAfter)
          retryAfter = Math.min(LAST_RETRY, retryAfter * 2)
        }
        throw error
      } finally {
        saving = undefined
      }
    })()
    await saving
  }

  const receive = ({ value, hash }: Stored<Value>) => {
    if (hash === state.hash || saving) return
    if (state.status === 'saved') set({ value, hash, news: 'renewed' })
    else if (isSame(value, state.value)) {
      kept.drop(key)
      set({ status: 'saved', hash, theirs: null, problem: null })
    } else {
      callOffSave()
      theirHash = hash
      set({ status: 'conflict', theirs: value, problem: null })
    }
  }

  const look = async (): Promise<void> => {
    if (isStopped || state.status === 'conflict') return
    const { hash } = state
    const read = await door.read()
    // What was read while this page saved may be older than what it has saved: shown, it would undo that.
    if (state.hash === hash) receive(read)
    else await look()
  }

  const restore = (left: LeftDraft<Value>): boolean => {
    if (isStopped) return false
    if (isSame(left.value, state.value)) {
      if (state.status === 'saved') kept.drop(key)
      return true
    }
    const isUntouched = state.status === 'saved'
    // What comes while somebody writes is offered the next time: it takes nothing out of their hands.
    if (left.isLate && !isUntouched) return false
    if (left.base === state.hash && isUntouched) {
      set({ value: left.value, status: 'changed', news: 'restored' })
      saveLater(0)
    } else {
      // Whoever has begun to write already has not seen it: both are there to choose from.
      callOffSave()
      theirHash = state.hash
      set({ status: 'conflict', theirs: state.value, value: left.value, news: 'restored' })
    }
    keepNow()
    return state.isKept
  }
  let hasBegun = false
  return {
    state: () => state,
    begin() {
      if (!hasBegun) kept.takeOver<Value>(key, restore)
      hasBegun = true
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    edit(value) {
      if (isSame(value, state.value)) return
      const status = state.status === 'conflict' || state.status === 'saving' ? state.status : 'changed'
      set({ value, status, problem: null })
      callOffKeep()
      callOffKeep = later(keepNow, KEEP_AFTER)
      if (status !== 'conflict') saveLater(SAVE_AFTER)
    },
    async flush() {
      keepNow()
      await save()
      if (state.status !== 'saved') throw state.problem ?? new Error(state.status)
    },
    look,
    keepMine() {
      if (state.status !== 'conflict') return
      set({ status: 'changed', hash: theirHash, theirs: null })
      keepNow()
      saveLater(0)
    },
    takeTheirs() {
      if (state.status !== 'conflict' || state.theirs === null) return
      kept.drop(key)
      set({ value: state.theirs, status: 'saved', hash: theirHash, theirs: null, news: null, isKept: true })
    },
    heard: () => set({ news: null }),
    keepNow,
    stop() {
      keepNow()
      isStopped = true
      callOffSave()
      callOffKeep()
    },
  }
}
