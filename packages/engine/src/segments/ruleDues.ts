import type { Customer } from '../customer.ts'
import { windowEnd } from './compileRule.ts'
import type { Due } from './compileSegments.ts'
import { facetOf } from './facetOf.ts'
import { leavesOf } from './ruleLeaves.ts'
import type { SegmentRule } from './segmentRule.ts'

/** The first instant after `at` at which time changes something; infinity where it never does. */
export function firstDue(customer: Customer, at: number, dues: Iterable<Due>, known = Infinity): number {
  let first = known
  for (const dueAt of dues) {
    const due = dueAt(customer)
    if (due !== null && due > at && due < first) first = due
  }
  return first
}

/** When time alone may change whether a rule is true: the next such instant after `at`, if there is one. */
export function compileDues(
  rules: readonly SegmentRule[],
): ((customer: Customer, at: number) => number | null) | null {
  const dues = rules.flatMap(leavesOf).flatMap((leaf): Due[] => {
    if (leaf.kind === 'event') return leaf.within === null ? [] : [windowEnd(leaf)]
    const { dueAt } = facetOf(leaf)
    return dueAt ? [dueAt] : []
  })
  if (dues.length === 0) return null
  return (customer, at) => {
    const next = firstDue(customer, at, dues)
    return next === Infinity ? null : next
  }
}
