import { createKeptDrafts, type KeptDrafts } from './keptDrafts.ts'

let drafts: KeptDrafts | undefined

/** What this tab of this browser keeps. */
export function deviceDrafts(): KeptDrafts {
  drafts ??= createKeptDrafts({
    storage: window.localStorage,
    locks: 'locks' in navigator ? navigator.locks : undefined,
    tab: Math.random().toString(36).slice(2),
  })
  return drafts
}

const CHANNEL = 'ciclo-drafts'

/** Tells the other tabs of this browser that something was saved. */
export function tellTabs(key: string, hash: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ key, hash })
  channel.close()
}

/** Calls when another tab of this browser has saved something of that key; returns what ends that. */
export function listenToTabs(key: string, onSaved: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<{ key: string }>) => {
    if (data.key === key) onSaved()
  })
  return () => channel.close()
}
