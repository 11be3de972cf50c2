import type { Customer } from '../customer.ts'
import { windowEnd } from './compileRule.ts'
import { facetOf } from './facetOf.ts'
import type { SegmentLeaf, SegmentRule } from './segmentRule.ts'

/** When time alone changes a leaf, or has changed it; null where it never does. */
type Due = (customer: Customer) => number | null

/** The conditions of a rule, in the order in which they are written. */
export function leavesOf(rule: SegmentRule): SegmentLeaf[] {
  if (rule.kind === 'not') return leavesOf(rule.rule)
  return rule.kind === 'and' || rule.kind === 'or' ? rule.rules.flatMap(leavesOf) : [rule]
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
    let next = Infinity
    for (const due of dues) {
      const instant = due(customer)
      if (instant !== null && instant > at && instant < next) next = instant
    }
    return next === Infinity ? null : next
  }
}
