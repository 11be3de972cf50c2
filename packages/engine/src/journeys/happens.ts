import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import { compileRule, type SegmentTest } from '../segments/compileRule.ts'
import type { SegmentRule } from '../segments/segmentRule.ts'
import type { Happening } from './happening.ts'
import type { JourneyKey } from './journey.ts'
import { matchEvent } from './matchEvent.ts'
import { cartOf, isAboutRun } from './runKey.ts'

/** What has just happened to a customer with a run under way. */
export interface Occurrence {
  before: Customer
  after: Customer
  /** Null where time or the rules did it. */
  input: EventInput | null
  at: number
  /** What the run is about. */
  runKey: string | null
}

/** Whether it has happened now: an event is, a rule may have been true for long. */
export type Happens = (occurrence: Occurrence) => boolean

/** A happening that somebody may wait for. */
export interface CompiledHappening {
  happens: Happens
  /** The rule, where it is one: true as well at the moment from which it is waited for. */
  holds: SegmentTest | null
  rules: readonly SegmentRule[]
}

export function compileHappening(on: Happening, key: JourneyKey | undefined): CompiledHappening {
  if (on.kind === 'condition') {
    const holds = compileRule(on.rule)
    return { happens: ({ after, at }) => holds(after, at), holds, rules: [on.rule] }
  }
  if (on.kind === 'cartClosed') {
    const happens: Happens = ({ before, after, runKey }) =>
      before.carts !== after.carts &&
      cartOf(key, runKey, before) !== undefined &&
      cartOf(key, runKey, after) === undefined
    return { happens, holds: null, rules: [] }
  }
  const happens: Happens = ({ before, after, input, runKey }) =>
    input !== null &&
    matchEvent(on, input) &&
    (on.about === 'customer' || isAboutRun(key, runKey, input, before, after))
  return { happens, holds: null, rules: [] }
}
