import type { ShownMessage } from '@ciclo/engine'
import type { Ciclo } from '../ciclo.ts'
import { guard, warn } from '../browser/guard.ts'
import { askServer } from './askServer.ts'
import type { OnsiteRequest } from './askServer.ts'
import { chooseMessage } from './chooseMessage.ts'
import { createHistory } from './createHistory.ts'
import { isOnPage } from './isOnPage.ts'
import { showMessage } from './showMessage.ts'
import type { Shown } from './showMessage.ts'

export interface OnsiteOptions extends OnsiteRequest {
  /** The tracker of the page. */
  ciclo: Pick<Ciclo, 'track' | 'identify' | 'on'>
  /** The number of this browser's visit (session), from 1. */
  visit: number
  /** Epoch milliseconds. Default: the visitor's clock. */
  now?: (() => number) | undefined
}

export interface Onsite {
  /** Consent is withdrawn: takes away what is shown, what is listened to and what is stored. */
  stop(): void
}

let isRunning = false

/**
 * Asks the server once what this visitor may be shown, and shows it when and where its rules say: at most one message on
 * a page. Never throws; without an answer nothing is shown. A second start while one runs does nothing.
 */
export const startOnsite = (options: OnsiteOptions): Onsite => {
  if (isRunning) return { stop: () => undefined }
  isRunning = true
  const { ciclo, visit, now = Date.now } = options
  const history = createHistory()
  const ended = new AbortController()
  const { signal } = ended
  let messages: readonly ShownMessage[] = []
  let shown: Shown | undefined
  let address = location.href
  let opened = now()
  let scroll = 0
  /** A second message right after the first was closed would be one too many. */
  let isSettled = false

  const evaluate = guard((leaving: boolean = false) => {
    const { scrollHeight } = document.documentElement
    const hidden = scrollHeight - innerHeight
    scroll = Math.max(scroll, hidden > 0 ? (scrollY / hidden) * 100 : 100)
    if (isSettled || document.hidden) return
    // Unless it turns out otherwise: what fails would fail again every second.
    isSettled = true
    const message = chooseMessage(messages, {
      path: location.pathname,
      width: innerWidth,
      visit,
      scroll,
      seconds: (now() - opened) / 1000,
      leaving,
      history: history.read(),
      now: now(),
    })
    isSettled = !!message
    if (!message) return
    history.showed(message.id, now())
    shown = showMessage(message, {
      ciclo,
      now,
      answered: () => history.answered(message.id),
      removed: () => (shown = undefined),
    })
  })

  const navigate = guard(() => {
    // The first page view may be told late: it is that of the page where all began.
    if (address === location.href) return
    address = location.href
    opened = now()
    scroll = 0
    // The shop may have put another body in its place.
    if (shown && !(shown.host.isConnected && isOnPage(shown.message.rules, location.pathname))) shown.remove()
    isSettled = !!shown
    evaluate()
  })

  const watch = (): void => {
    const ticking = setInterval(
      guard(() => {
        if (document.hidden) return
        if (shown) shown.tick()
        else evaluate()
      }),
      1000,
    )
    const forget = ciclo.on('page', navigate)
    signal.addEventListener('abort', () => {
      clearInterval(ticking)
      forget()
    })
    addEventListener('scroll', () => evaluate(), { passive: true, signal })
    document.documentElement.addEventListener(
      'mouseleave',
      ({ clientY }) => {
        // A finger that is lifted does not leave.
        if (clientY <= 0 && matchMedia('(hover:hover)').matches) evaluate(true)
      },
      { signal },
    )
    evaluate()
  }

  askServer(options, signal)
    .then((answer) => {
      messages = answer
      if (messages.length && !signal.aborted) watch()
    })
    .catch((cause: unknown) => {
      if (!signal.aborted) warn('on-site messages are not shown', cause)
    })

  return {
    stop: guard(() => {
      if (signal.aborted) return
      isRunning = false
      ended.abort()
      shown?.remove()
      history.clear()
    }),
  }
}
