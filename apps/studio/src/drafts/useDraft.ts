import { useEffect, useState, useSyncExternalStore } from 'react'
import {
  createDraftKeeper,
  type DraftDoor,
  type DraftKeeper,
  type DraftState,
  type Stored,
} from './createDraftKeeper.ts'
import { isSignedOut } from '../session/isSignedOut.ts'
import { leaveForSignIn } from '../session/leaveForSignIn.ts'
import { deviceDrafts, listenToTabs, tellTabs } from './device.ts'

export interface Draft<Value> extends DraftState<Value> {
  edit: (value: Value) => void
  /** Saves at once, as publishing needs it; rejects where the server does not have it after that. */
  flush: () => Promise<void>
  /** Looks at the server, after something else than this editor has changed what it has. */
  look: () => Promise<void>
  keepMine: () => void
  takeTheirs: () => void
  heard: () => void
}

const isSameJson = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * What an editor writes, saved by itself: see `createDraftKeeper`. What is edited must not change while the component is
 * shown: give it a `key`.
 */
export function useDraft<Value>({
  key,
  start,
  door,
  isReadOnly = false,
}: {
  /** Such as `journey/welcome`. */
  key: string
  /** What the server has answered. */
  start: Stored<Value>
  door: DraftDoor<Value>
  /** Whoever may not change it is shown what there is. */
  isReadOnly?: boolean
}): Draft<Value> {
  const [keeper] = useState(() => comeBack<Value>(key) ?? make({ key, start, door }))
  const state = useSyncExternalStore(keeper.subscribe, keeper.state)
  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') keeper.keepNow()
      else void keeper.look().catch(() => {})
    }
    const onOnline = () => void keeper.flush().catch(() => {})
    const onLeave = (event: BeforeUnloadEvent) => {
      keeper.keepNow()
      const { status, isKept } = keeper.state()
      // What this device keeps is there again when the page is opened the next time.
      if (status !== 'saved' && !isKept) event.preventDefault()
    }
    document.addEventListener('visibilitychange', onHidden)
    window.addEventListener('pagehide', keeper.keepNow)
    window.addEventListener('online', onOnline)
    window.addEventListener('beforeunload', onLeave)
    keeper.begin()
    // One that was left has not looked at what has come since.
    if (left.delete(key)) void keeper.look().catch(() => {})
    const endListening = listenToTabs(key, () => void keeper.look().catch(() => {}))
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      window.removeEventListener('pagehide', keeper.keepNow)
      window.removeEventListener('online', onOnline)
      window.removeEventListener('beforeunload', onLeave)
      endListening()
      // Whoever goes to another page of the studio has not given up what they wrote.
      if (keeper.state().status !== 'saved') {
        left.set(key, keeper)
        void keeper.flush().catch(() => {})
      }
      keeper.keepNow()
    }
  }, [keeper, key])
  return {
    ...state,
    edit: isReadOnly ? () => {} : keeper.edit,
    flush: keeper.flush,
    look: keeper.look,
    keepMine: keeper.keepMine,
    takeTheirs: keeper.takeTheirs,
    heard: keeper.heard,
  }
}

/**
 * What was left before it was saved, and is on its way still: whoever comes back goes on with that. A second keeper
 * would meet the changes of the first as those of somebody else.
 */
const left = new Map<string, unknown>()

function comeBack<Value>(key: string): DraftKeeper<Value> | undefined {
  const keeper = left.get(key) as DraftKeeper<Value> | undefined
  if (keeper?.state().status !== 'saved') return keeper
  left.delete(key)
  return undefined
}

function make<Value>({
  key,
  start,
  door,
}: {
  key: string
  start: Stored<Value>
  door: DraftDoor<Value>
}): DraftKeeper<Value> {
  return createDraftKeeper({
    key,
    start,
    door: {
      ...door,
      async save(value, expected) {
        try {
          return await door.save(value, expected)
        } catch (error) {
          // What was written is kept meanwhile, and goes on its way behind the door.
          if (isSignedOut(error)) leaveForSignIn()
          throw error
        }
      },
    },
    kept: deviceDrafts(),
    isSame: isSameJson,
    now: Date.now,
    later: (call, milliseconds) => {
      const timer = setTimeout(call, milliseconds)
      return () => clearTimeout(timer)
    },
    onSaved: (hash) => tellTabs(key, hash),
  })
}
