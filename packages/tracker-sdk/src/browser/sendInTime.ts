import type { Delivery } from './createDelivery.ts'
import { guard } from './guard.ts'

/** Sends at the moments after which there may be no other, and as soon as the network is back. */
export const sendInTime = ({ flushNow, leave, comeBack }: Delivery): void => {
  addEventListener('pagehide', guard(leave))
  addEventListener(
    'pageshow',
    guard(({ persisted }: PageTransitionEvent) => persisted && comeBack()),
  )
  // On a phone this is often the last event of all: the browser is swiped away later.
  const onVisibilityChange = guard(() => document.visibilityState === 'hidden' && flushNow())
  document.addEventListener('visibilitychange', onVisibilityChange, true)
  addEventListener('online', guard(flushNow))
}
