import type { SegmentLeaf, SegmentRule } from './segmentRule.ts'

type Path = (string | number)[]

/** The conditions of a rule in the order in which they are written, each with its place below `path`. */
export function leavesIn(rule: SegmentRule, path: Path = []): { leaf: SegmentLeaf; path: Path }[] {
  if (rule.kind === 'not') return leavesIn(rule.rule, [...path, 'rule'])
  if (rule.kind !== 'and' && rule.kind !== 'or') return [{ leaf: rule, path }]
  return rule.rules.flatMap((part, index) => leavesIn(part, [...path, 'rules', index]))
}

/** The conditions of a rule, in the order in which they are written. */
export const leavesOf = (rule: SegmentRule): SegmentLeaf[] => leavesIn(rule).map(({ leaf }) => leaf)
