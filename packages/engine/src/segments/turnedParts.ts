import type { Customer } from '../customer.ts'
import { compileLeaf } from './compileRule.ts'
import { countAt } from './eventCounter.ts'
import { facetOf } from './facetOf.ts'
import { leavesIn } from './ruleLeaves.ts'
import type { SegmentLeaf, SegmentRule } from './segmentRule.ts'

/** What a leaf looked at. Of traits only that it was them: the customer's own words stand in the event already. */
export function seenBy(leaf: SegmentLeaf, customer: Customer, at: number): Record<string, number | string> {
  if (leaf.kind === 'event') {
    const { name, type, atLeast } = leaf
    return { event: name ?? type, count: countAt(customer, leaf, at), atLeast }
  }
  if (leaf.kind === 'trait') return {}
  const value = facetOf(leaf).read(customer)
  return typeof value === 'number' || typeof value === 'string' ? { value } : {}
}

/**
 * Why a rule is true of a customer now, or not any more: the first part of it that has turned, what it looked at, and
 * how many `others` turned at the same time. Empty where none has: the rule is new to the customer.
 */
export function turnedParts(
  rule: SegmentRule,
  before: Customer,
  after: Customer,
  at: number,
): Record<string, number | string> {
  const turned = leavesIn(rule).filter(({ leaf }) => {
    const test = compileLeaf(leaf)
    return test(before, at - 1) !== test(after, at)
  })
  const [first] = turned
  if (!first) return {}
  const { path, leaf } = first
  return { part: path.join('.'), kind: leaf.kind, ...seenBy(leaf, after, at), others: turned.length - 1 }
}
