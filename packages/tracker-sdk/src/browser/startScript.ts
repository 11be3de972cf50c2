import type { Ciclo, StubCall } from '../ciclo.ts'
import type { Capture } from './capture.ts'
import { createTracker } from './createTracker.ts'
import { guard } from './guard.ts'
import { readJson } from './storage.ts'

declare global {
  interface Window {
    /** Before this script has run it is absent, or the stub's array of calls. */
    ciclo: Ciclo
  }
}

/**
 * The classic script: `<script src="https://events.shop.example/ciclo.js" data-key="..." defer></script>`. What `init`
 * takes stands in attributes: `data-cookie-domain` is `cookieDomain`, and `false` switches off.
 */
export const startScript = guard((captures: readonly Capture[]) => {
  const before = window.ciclo as Ciclo | StubCall[] | undefined
  // A script that is included twice would count everything twice.
  if (before && !Array.isArray(before)) return
  const script = document.currentScript as HTMLScriptElement | null
  const ciclo = createTracker(captures, script ? new URL(script.src).origin : undefined)
  window.ciclo = ciclo

  const { key, ...options } = script?.dataset ?? {}
  if (key) {
    const read = Object.entries(options).map(([name, value]) => [name, readJson(value) ?? value] as const)
    ciclo.init({ ...Object.fromEntries<unknown>(read), writeKey: key })
  }
  before?.forEach((call) => ciclo.push(call))
})
