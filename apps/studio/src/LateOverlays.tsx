import { lazy, Suspense, useEffect, useState } from 'react'

const Overlays = lazy(async () => ({ default: (await import('./Overlays.tsx')).Overlays }))

/** By which pages ask Mantine for a dialogue: unlike its notifications, they are kept for nobody. */
const ASKED = ['openModal', 'openConfirmModal'].map((name) => `mantine-modals:${name}`)

/** Once the first page has been shown. What is asked for before they are there is asked again then. */
export function LateOverlays() {
  const [isIdle, setIdle] = useState(false)
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIdle(true), 0)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (isThere) return undefined
    const early: CustomEvent<unknown>[] = []
    const keep = (event: Event) => early.push(event as CustomEvent<unknown>)
    for (const name of ASKED) window.addEventListener(name, keep)
    return () => {
      for (const name of ASKED) window.removeEventListener(name, keep)
      for (const { type, detail } of early) window.dispatchEvent(new CustomEvent(type, { detail }))
    }
  }, [isThere])
  return isIdle ? (
    <Suspense>
      <Overlays onThere={() => setThere(true)} />
    </Suspense>
  ) : null
}
