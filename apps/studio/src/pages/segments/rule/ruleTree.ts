import { isShowable, type Leaf } from './isShowable.ts'

/** Something in a rule, with a name of its own for as long as it is edited. */
interface Placed {
  key: string
  /** How often `not` stands before it: one turns it, two turn it back, and are kept. */
  nots: number
}

export interface ConditionNode extends Placed {
  type: 'condition'
  leaf: Leaf
}

export interface GroupNode extends Placed {
  type: 'group'
  join: 'and' | 'or'
  parts: RuleNode[]
}

/** What the builder cannot show: kept as it is. */
export interface ForeignNode extends Placed {
  type: 'foreign'
  rule: unknown
}

export type RuleNode = ConditionNode | GroupNode | ForeignNode

let named = 0
/** A name that no other node of this page has. */
export function newKey(): string {
  named += 1
  return `node-${named}`
}

const hasOnly = (value: object, ...names: string[]) =>
  Object.keys(value).every((name) => names.includes(name))

/** A rule as the builder holds it. Whatever it is, `ruleOf` makes the same rule of it again. */
export function nodeOf(rule: unknown, nots = 0): RuleNode {
  const placed = { key: newKey(), nots }
  if (typeof rule !== 'object' || rule === null || !('kind' in rule))
    return { ...placed, type: 'foreign', rule }
  if (rule.kind === 'not' && 'rule' in rule && hasOnly(rule, 'kind', 'rule'))
    return nodeOf(rule.rule, nots + 1)
  const { kind } = rule
  if (
    (kind === 'and' || kind === 'or') &&
    'rules' in rule &&
    Array.isArray(rule.rules) &&
    hasOnly(rule, 'kind', 'rules')
  )
    return { ...placed, type: 'group', join: kind, parts: rule.rules.map((part: unknown) => nodeOf(part)) }
  return isShowable(rule)
    ? { ...placed, type: 'condition', leaf: rule }
    : { ...placed, type: 'foreign', rule }
}

function bodyOf(node: RuleNode): unknown {
  if (node.type === 'group') return { kind: node.join, rules: node.parts.map(ruleOf) }
  return node.type === 'condition' ? node.leaf : node.rule
}

/** The rule that the API takes. */
export function ruleOf(node: RuleNode): unknown {
  let rule = bodyOf(node)
  for (let nots = 0; nots < node.nots; nots += 1) rule = { kind: 'not', rule }
  return rule
}

/** Where a node's own words stand, below the `not` before it: as the server's errors and figures name places. */
export const innerPath = (path: string, { nots }: RuleNode): string =>
  [path, ...Array.from({ length: nots }, () => 'rule')].filter((part) => part !== '').join('.')

/** Where a part of a group stands. */
export const partPath = (path: string, group: GroupNode, index: number): string =>
  [innerPath(path, group), 'rules', index].filter((part) => part !== '').join('.')

/** Every condition with its place, and whether an odd number of `not` turns it. */
export function conditionsIn(
  node: RuleNode,
  path = '',
  isTurned = false,
): { node: ConditionNode; path: string; isTurned: boolean }[] {
  const turned = isTurned !== (node.nots % 2 === 1)
  if (node.type === 'condition') return [{ node, path: innerPath(path, node), isTurned: turned }]
  if (node.type === 'foreign') return []
  return node.parts.flatMap((part, index) => conditionsIn(part, partPath(path, node, index), turned))
}
