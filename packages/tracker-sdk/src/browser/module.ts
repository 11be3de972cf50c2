import { captures } from './capture/captures.ts'
import { createTracker as createBareTracker } from './createTracker.ts'
import type { Ciclo } from '../ciclo.ts'

/** `defaultHost` is where events go when `init` does not say. */
export const createTracker = (defaultHost?: string): Ciclo => createBareTracker(captures, defaultHost)

/** The tracker for shops that bundle their own script. It does nothing before `ciclo.init({ writeKey, host })`. */
export const ciclo = createTracker()

export type * from '../ciclo.ts'
export type * from '../ecommerceEvents.ts'
export type * from '../trackerEvent.ts'
