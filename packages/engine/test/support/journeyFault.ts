import type { JourneyProblemCode } from '../../src/journeys/journeyProblem.ts'
import type { JourneyWorld } from '../../src/journeys/journeyWorld.ts'

export const mail = { kind: 'send', id: 'mail', template: 'win-back', purpose: 'marketing' }
export const second = { ...mail, id: 'second' }
export const pause = { kind: 'delay', id: 'pause', duration: '2d' }
export const ordered = { on: { kind: 'event', name: 'Order Completed' } }
export const stage = (...states: string[]) => ({ kind: 'lifecycle', region: 'stage', states })
export const trait = (name: string, operator: string, value?: unknown) => ({
  kind: 'trait',
  path: [name],
  condition: value === undefined ? { operator } : { operator, value },
})
export const and = (...rules: object[]) => ({ kind: 'and', rules })
export const coupon = { kind: 'coupon', id: 'code', from: { pool: 'summer' } }
export const viewed = { kind: 'event', name: 'Product Viewed' }
export const starting = (journey: string) => ({ kind: 'startJourney', id: 'go', journey })

/** A problem: what is said of it where, and the nearest journey without it. */
interface Fault {
  code: JourneyProblemCode
  /** Dotted. */
  at: string
  step?: string
  says: RegExp
  journey: object
  /** The nearest journey that is right, or the world in which this one is. */
  mended?: object
  world?: Partial<JourneyWorld>
  mendedWorld?: Partial<JourneyWorld>
}

/** What is wrong, in words, and what is said of it. */
export type FaultRow = [what: string, fault: Fault]
