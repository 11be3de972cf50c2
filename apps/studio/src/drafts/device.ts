import { createKeptDrafts, type KeptDrafts } from './keptDrafts.ts'

let drafts: KeptDrafts | undefined

/** What this tab of this browser keeps. */
export function deviceDrafts(): KeptDrafts {
  drafts ??= createKeptDrafts({
    storage: window.localStorage,
    locks: 'locks' in navigator ? navigator.locks : undefined,
    tab: TAB,
  })
  return drafts
}

const CHANNEL = 'ciclo-drafts'
/** A channel hears every other one, also those of its own page. */
const TAB = Math.random().toString(36).slice(2)

/** Tells the other tabs of this browser that something was saved. */
export function tellTabs(key: string, hash: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ key, hash, tab: TAB })
  channel.close()
}

/** Calls when another tab of this browser has saved something of that key; returns what ends that. */
export function listenToTabs(key: string, onSaved: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<{ key: string; tab: string }>) => {
    if (data.key === key && data.tab !== TAB) onSaved()
  })
  return () => channel.close()
}
