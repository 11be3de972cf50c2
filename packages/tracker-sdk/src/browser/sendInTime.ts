import type { Delivery } from './createDelivery.ts'
import { listen } from './guard.ts'

/** Sends at the moments after which there may be no other, and as soon as the network is back. */
export const sendInTime = ({ flushNow, leave }: Delivery): void => {
  listen(window, 'pagehide', () => leave(true))
  listen(window, 'pageshow', ({ persisted }) => persisted && leave(false))
  // On a phone this is often the last event of all: the browser is swiped away later.
  listen(document, 'visibilitychange', () => document.hidden && flushNow())
  listen(window, 'online', flushNow)
}
