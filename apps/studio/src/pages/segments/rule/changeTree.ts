import { newKey, type GroupNode, type RuleNode } from './ruleTree.ts'

/** The same tree with one node made anew, or taken out where `change` gives nothing. */
function withNode(
  node: RuleNode,
  key: string,
  change: (node: RuleNode) => RuleNode | undefined,
): RuleNode | undefined {
  if (node.key === key) return change(node)
  if (node.type !== 'group') return node
  return { ...node, parts: node.parts.flatMap((part) => withNode(part, key, change) ?? []) }
}

export const changeNode = (root: RuleNode, key: string, change: (node: RuleNode) => RuleNode): RuleNode =>
  withNode(root, key, change) ?? root

const groupOf = (parts: RuleNode[], join: 'and' | 'or' = 'and'): GroupNode => ({
  key: newKey(),
  nots: 0,
  type: 'group',
  join,
  parts,
})

export const emptyTree = (): GroupNode => groupOf([])

/** Another one of the same, under names of its own. */
const copyOf = (node: RuleNode): RuleNode => ({
  ...node,
  key: newKey(),
  ...(node.type === 'group' ? { parts: node.parts.map(copyOf) } : {}),
})

/** The group that a node is in, and where. */
export function parentOf(root: RuleNode, key: string): { group: GroupNode; index: number } | undefined {
  if (root.type !== 'group') return undefined
  const index = root.parts.findIndex((part) => part.key === key)
  if (index !== -1) return { group: root, index }
  for (const part of root.parts) {
    const found = parentOf(part, key)
    if (found) return found
  }
  return undefined
}

const withParts = (root: RuleNode, key: string, change: (parts: RuleNode[]) => RuleNode[]) =>
  changeNode(root, key, (node) => (node.type === 'group' ? { ...node, parts: change(node.parts) } : node))

/** At the end of a group; beside a rule that is a single condition, under both of which a group is put. */
export function addPart(root: RuleNode, key: string, part: RuleNode): RuleNode {
  if (root.key === key && root.type !== 'group') return groupOf([root, part])
  return withParts(root, key, (parts) => [...parts, part])
}

/** A copy right after it. */
export function copyNode(root: RuleNode, key: string): { root: RuleNode; copied: string } {
  const at = parentOf(root, key)
  if (!at) {
    const copy = copyOf(root)
    return { root: groupOf([root, copy]), copied: copy.key }
  }
  const original = at.group.parts[at.index]
  if (!original) return { root, copied: key }
  const copy = copyOf(original)
  return {
    root: withParts(root, at.group.key, (parts) => parts.toSpliced(at.index + 1, 0, copy)),
    copied: copy.key,
  }
}

/** Groups of which nothing is left say nothing. */
function pruned(node: RuleNode): RuleNode | undefined {
  if (node.type !== 'group') return node
  const parts = node.parts.flatMap((part) => pruned(part) ?? [])
  return parts.length === 0 ? undefined : { ...node, parts }
}

function prunedBelow(root: RuleNode): RuleNode {
  if (root.type !== 'group') return root
  return { ...root, parts: root.parts.flatMap((part) => pruned(part) ?? []) }
}

export const removeNode = (root: RuleNode, key: string): RuleNode =>
  root.key === key ? emptyTree() : prunedBelow(withNode(root, key, () => undefined) ?? emptyTree())

/** Puts it into a group of its own, to which others can be added. */
export const wrapNode = (root: RuleNode, key: string): RuleNode =>
  changeNode(root, key, (node) => groupOf([node], 'or'))

/**
 * One place up or down: past a condition, into a group that stands there, and out of its own group at the end of that.
 * The same tree where there is nowhere to go.
 */
export function moveNode(root: RuleNode, key: string, by: -1 | 1): RuleNode {
  const at = parentOf(root, key)
  const node = at?.group.parts[at.index]
  if (!at || !node) return root
  const neighbour = at.group.parts[at.index + by]
  const without = () => withNode(root, key, () => undefined) ?? root
  if (neighbour?.type === 'group') {
    const moved = withParts(without(), neighbour.key, (parts) =>
      by === 1 ? [node, ...parts] : [...parts, node],
    )
    return prunedBelow(moved)
  }
  if (neighbour)
    return withParts(root, at.group.key, (parts) =>
      parts.toSpliced(at.index, 1).toSpliced(at.index + by, 0, node),
    )
  const outer = parentOf(root, at.group.key)
  if (!outer) return root
  const target = outer.index + (by === 1 ? 1 : 0)
  return prunedBelow(withParts(without(), outer.group.key, (parts) => parts.toSpliced(target, 0, node)))
}
