import type { Leaf } from './isShowable.ts'
import { innerPath, partPath, type RuleNode } from './ruleTree.ts'

/** A condition that everybody in a group meets, or nobody (`isTurned`). */
interface Claim {
  path: string
  leaf: Leaf
  isTurned: boolean
}

/** Two conditions that nobody can meet together, by their places in the rule. */
interface Contradiction {
  one: string
  other: string
}

/** All that must hold at once where a node does. `not` of any is `not` of each. */
function claimsOf(node: RuleNode, path: string, isTurned = false): Claim[] {
  const turned = isTurned !== (node.nots % 2 === 1)
  if (node.type === 'condition') return [{ path: innerPath(path, node), leaf: node.leaf, isTurned: turned }]
  if (node.type === 'foreign') return []
  if (node.parts.length > 1 && node.join !== (turned ? 'or' : 'and')) return []
  return node.parts.flatMap((part, index) => claimsOf(part, partPath(path, node, index), turned))
}

/** The groups that begin anew what must hold at once: whatever is in an alternative holds beside what is around it. */
function scenesIn(node: RuleNode, path: string, around: readonly Claim[], isTurned: boolean): Claim[][] {
  const turned = isTurned !== (node.nots % 2 === 1)
  const own = [...around, ...claimsOf(node, path, isTurned)]
  if (node.type !== 'group') return [own]
  const isTogether = node.parts.length < 2 || node.join === (turned ? 'or' : 'and')
  const below = node.parts.flatMap((part, index) =>
    // Its own claims are among those of its parts' scenes already where all hold together.
    part.type === 'group'
      ? scenesIn(part, partPath(path, node, index), own, turned)
      : isTogether
        ? []
        : [[...own, ...claimsOf(part, partPath(path, node, index), turned)]],
  )
  return [own, ...below]
}

const CHOICES = {
  lifecycle: 'states',
  consent: 'statuses',
  language: 'languages',
  country: 'countries',
  rfm: 'groups',
} as const

/** Of what a condition speaks: two that speak of the same can exclude each other. */
function subjectOf(leaf: Leaf): string {
  if (leaf.kind === 'event') return JSON.stringify(['event', leaf['type'], leaf['name'], leaf['where']])
  const names = ['region', 'purpose', 'figure', 'currency', 'of', 'path']
  return JSON.stringify([leaf.kind, ...names.map((name) => leaf[name] ?? null)])
}

const textsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

interface Range {
  least: number
  most: number
  /** Which ends do not belong to it. */
  isOpen: { least: boolean; most: boolean }
}

function rangeOf(condition: unknown): Range | undefined {
  const { operator, value } = (condition ?? {}) as { operator?: string; value?: unknown }
  if (typeof value !== 'number') return undefined
  const range = { least: -Infinity, most: Infinity, isOpen: { least: false, most: false } }
  if (operator === 'is') return { ...range, least: value, most: value }
  if (operator === 'above' || operator === 'atLeast')
    return { ...range, least: value, isOpen: { least: operator === 'above', most: false } }
  if (operator === 'below' || operator === 'atMost')
    return { ...range, most: value, isOpen: { least: false, most: operator === 'below' } }
  return undefined
}

/** Whether no number is in both. */
const areApart = (one: Range, other: Range): boolean =>
  [[one, other] as const, [other, one] as const].some(
    ([low, high]) =>
      low.most < high.least || (low.most === high.least && (low.isOpen.most || high.isOpen.least)),
  )

/** The values that a condition names one by one. */
function namedValues(condition: unknown): readonly unknown[] | undefined {
  const { operator, value, values } = (condition ?? {}) as {
    operator?: string
    value?: unknown
    values?: unknown
  }
  if (operator === 'is') return [value]
  return operator === 'isOneOf' ? textsOf(values) : undefined
}

/** Whether two conditions on the same, both meant as they stand, leave nobody. */
function exclude(one: Leaf, other: Leaf): boolean {
  const choice = (CHOICES as Record<string, string | undefined>)[one.kind]
  if (choice !== undefined) {
    const wanted = textsOf(one[choice])
    return (
      wanted.length > 0 &&
      textsOf(other[choice]).length > 0 &&
      !textsOf(other[choice]).some((word) => wanted.includes(word))
    )
  }
  if (one.kind === 'event' || one.kind === 'ago' || one.kind === 'reachable') return false
  // Of a list, one element may meet the one and another the other.
  if (textsOf(one['path']).includes('*')) return false
  const ranges = [rangeOf(one['condition']), rangeOf(other['condition'])]
  if (ranges[0] && ranges[1]) return areApart(ranges[0], ranges[1])
  const values = [namedValues(one['condition']), namedValues(other['condition'])]
  return (
    values[0] !== undefined &&
    values[1] !== undefined &&
    !values[0].some((value) => values[1]?.includes(value))
  )
}

const lengthOf = (within: unknown) => (typeof within === 'number' ? within : Infinity)
const timesOf = (leaf: Leaf) => (typeof leaf['atLeast'] === 'number' ? leaf['atLeast'] : 1)

/** Whether whoever meets the one meets the other as well: then nobody meets the one and not the other. */
function implies(one: Leaf, other: Leaf): boolean {
  if (JSON.stringify(one) === JSON.stringify(other)) return true
  const choice = (CHOICES as Record<string, string | undefined>)[one.kind]
  if (choice !== undefined) return textsOf(one[choice]).every((word) => textsOf(other[choice]).includes(word))
  if (one.kind === 'event')
    return timesOf(one) >= timesOf(other) && lengthOf(one['within']) <= lengthOf(other['within'])
  return one.kind === 'ago' && timesOf(one) >= timesOf(other)
}

function areContrary(one: Claim, other: Claim): boolean {
  if (subjectOf(one.leaf) !== subjectOf(other.leaf)) return false
  if (one.isTurned && other.isTurned) return false
  if (!one.isTurned && !other.isTurned) return exclude(one.leaf, other.leaf)
  return one.isTurned ? implies(other.leaf, one.leaf) : implies(one.leaf, other.leaf)
}

/** The pairs of conditions that must both hold and never do, each once. */
export function contradictionsIn(root: RuleNode): Contradiction[] {
  const found = new Map<string, Contradiction>()
  for (const claims of scenesIn(root, '', [], false))
    claims.forEach((one, index) => {
      for (const other of claims.slice(index + 1))
        if (one.path !== other.path && areContrary(one, other))
          found.set([one.path, other.path].toSorted().join('\n'), { one: one.path, other: other.path })
    })
  return [...found.values()]
}
