import type { Ciclo, ConsentState, StubCall } from '../ciclo.ts'
import { createTracker } from './createTracker.ts'
import { guard } from './guard.ts'

// The classic script: `<script src="https://events.shop.example/ciclo.js" data-key="..." defer></script>`.

declare global {
  interface Window {
    /** Before this script has run it is absent, or the stub's array of calls. */
    ciclo: Ciclo
  }
}

const start = guard(() => {
  const before = window.ciclo as Ciclo | StubCall[] | undefined
  // A script that is included twice would count everything twice.
  if (before && !Array.isArray(before)) return
  const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined
  const ciclo = createTracker(script && new URL(script.src).origin)
  window.ciclo = ciclo

  const { key, host, path, consent, cookieDomain, pages, clicks, forms } = script?.dataset ?? {}
  if (key) {
    ciclo.init({
      writeKey: key,
      consent: (consent as ConsentState | undefined) ?? 'pending',
      pages: pages !== 'false',
      clicks: clicks !== 'false',
      forms: forms !== 'false',
      ...(host && { host }),
      ...(path && { path }),
      ...(cookieDomain && { cookieDomain }),
    })
  }
  before?.forEach((call) => ciclo.push(call))
})

start()
