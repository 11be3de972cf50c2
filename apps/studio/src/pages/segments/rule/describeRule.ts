import { describeLeaf, type RuleWords } from './describeLeaf.ts'
import { nodeOf, type RuleNode } from './ruleTree.ts'

function describeNode(node: RuleNode, words: RuleWords, isInner: boolean): string {
  const { t } = words
  const bare = () => {
    if (node.type === 'foreign') return t('foreign.short')
    if (node.type === 'condition') return describeLeaf(node.leaf, words)
    const joined = node.parts
      .map((part) => describeNode(part, words, node.parts.length > 1))
      .join(` ${t(`joins.${node.join}`)} `)
    return isInner && node.parts.length > 1 && node.nots === 0 ? `(${joined})` : joined
  }
  let text = bare()
  for (let nots = 0; nots < node.nots; nots += 1)
    text = t('joins.not', { rule: node.type === 'group' && node.parts.length > 1 ? `(${text})` : text })
  return text
}

/** A whole rule as one sentence without its subject. */
export const describeRule = (rule: unknown, words: RuleWords): string =>
  describeNode(nodeOf(rule), words, false)
