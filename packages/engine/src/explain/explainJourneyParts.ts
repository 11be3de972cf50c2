import type { Customer } from '../customer.ts'
import { compileRule } from '../segments/compileRule.ts'
import type { SegmentLeaf, SegmentRule } from '../segments/segmentRule.ts'
import { seenBy } from '../segments/turnedParts.ts'

/** A part of a rule that keeps the rule from being true, and what it looked at. */
export interface FailedPart {
  /** Where it stands in the rule, as `rules.0.rule`; empty where it is the whole rule. */
  path: string
  leaf: SegmentLeaf
  /** What it has to be: false under a `not`. */
  wanted: boolean
  seen: Readonly<Record<string, number | string>>
}

/**
 * Which parts of a rule keep it from being true of a customer, as far as one knows without trying: of several that must
 * all hold those that do not, and of several of which one would do, all. Empty where the rule is true.
 */
export function failedParts(
  rule: SegmentRule,
  customer: Customer,
  at: number,
  wanted = true,
  path: readonly (string | number)[] = [],
): FailedPart[] {
  if (compileRule(rule)(customer, at) === wanted) return []
  if (rule.kind === 'not') return failedParts(rule.rule, customer, at, !wanted, [...path, 'rule'])
  if (rule.kind === 'and' || rule.kind === 'or')
    return rule.rules.flatMap((part, index) =>
      failedParts(part, customer, at, wanted, [...path, 'rules', index]),
    )
  return [{ path: path.join('.'), leaf: rule, wanted, seen: seenBy(rule, customer, at) }]
}
