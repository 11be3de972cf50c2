import type { Capture } from '../capture.ts'
import { listen } from '../guard.ts'
import { readContext } from '../readContext.ts'

/** Milliseconds in which a consent manager says what the visitor has answered before. */
const ANSWER_TIME = 2_000

/** Counts a page view of a visitor who has not agreed: what page, and from where, and nothing about who. */
export const countAnonymously: Capture = ({ options, host, isAllowed, hear }) => {
  if (!options.anonymous) return
  let waiting: string | undefined
  const send = () => {
    if (waiting && !isAllowed())
      fetch(`${host}/v1/count`, { method: 'POST', body: waiting, keepalive: true }).catch(() => undefined)
    waiting = undefined
  }
  hear('seen', () => {
    send()
    const { page, campaign } = readContext()
    waiting = JSON.stringify({
      writeKey: options.writeKey,
      path: page.path,
      referrer: page.referrer,
      campaign,
    })
    setTimeout(send, ANSWER_TIME)
  })
  listen(window, 'pagehide', send)
}
