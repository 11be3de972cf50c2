import { createTracker } from './createTracker.ts'

/** The tracker for shops that bundle their own script. It does nothing before `ciclo.init({ writeKey, host })`. */
export const ciclo = createTracker()

export { createTracker }
export type * from '../ciclo.ts'
export type * from '../trackerEvent.ts'
