import type { Capture } from '../capture.ts'
import { listen } from '../guard.ts'
import { isPassiveTrackingRefused } from '../isPassiveTrackingRefused.ts'

/** Milliseconds that count after a sign of life: who reads moves, scrolls or types now and then. */
const ATTENTION = 10_000
const SIGNS = ['scroll', 'pointermove', 'pointerdown', 'keydown'] as const

/** Records how far and how long a page was read, once, when it is left: `Page Engaged { path, seconds, scroll }`. */
export const captureEngagement: Capture = ({ ciclo, options, hear }) => {
  if (options.engagement === false) return
  let engaged = 0
  let scroll = 0
  let lastSign = Date.now()
  let wasHidden = document.hidden
  let path: string | undefined

  const look = () => {
    const now = Date.now()
    if (!wasHidden) engaged += Math.min(now - lastSign, ATTENTION)
    lastSign = now
    wasHidden = document.hidden
    const { scrollHeight } = document.documentElement
    scroll = Math.max(scroll, Math.min(100, Math.round(((scrollY + innerHeight) / scrollHeight) * 100)))
  }
  const tell = () => {
    if (path === undefined || isPassiveTrackingRefused()) return
    look()
    const left = path
    path = undefined
    ciclo.track('Page Engaged', { path: left, seconds: Math.round(engaged / 1000), scroll })
  }
  hear('seen', () => {
    tell()
    ;({ pathname: path } = location)
    engaged = scroll = 0
    lastSign = Date.now()
  })
  for (const sign of SIGNS) listen(document, sign, look)
  listen(window, 'pagehide', tell)
  // A phone's browser is swiped away without another event.
  listen(document, 'visibilitychange', () => (matchMedia('(pointer:coarse)').matches ? tell() : look()))
}
