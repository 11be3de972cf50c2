import type { Customer } from '../customer.ts'
import { compileRule } from './compileRule.ts'
import type { SegmentRule } from './segmentRule.ts'

/**
 * Whether a rule is true of a customer at an instant, which is none before the customer's last event.
 *
 * Events are counted by what `customer.counters` holds: those of rules that were compiled when the events were folded.
 * Of another rule no event has ever been counted.
 */
export const evaluateSegment = (rule: SegmentRule, customer: Customer, at: number): boolean =>
  compileRule(rule)(customer, at)
