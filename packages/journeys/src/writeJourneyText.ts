import type { Journey } from '@ciclo/engine'
import { Document, isCollection, isMap, isScalar, isSeq, Scalar, stringify, visit, type Node } from 'yaml'
import { journeyForm } from './journeyForm.ts'

const COLUMNS = 110

/** Words and times of day that readers of YAML 1.1 take for truth values and numbers. */
const IS_OTHER_ELSEWHERE = /^(?:y|n|yes|no|on|off|\d+(?::\d+)+)$/i

const isSimple = (node: unknown): boolean =>
  isScalar(node) ? !(typeof node.value === 'string' && node.value.includes('\n')) : false

/** Whether a collection reads well in one line: lists of maps do not, but for the one condition on an event. */
function isInline(node: unknown): boolean {
  if (isMap(node)) return node.items.every(({ key, value }) => isInline(value) || isOneCondition(key, value))
  if (isSeq(node)) return node.items.every(isSimple)
  return isSimple(node)
}

const isOneCondition = (key: unknown, value: unknown) =>
  isScalar(key) &&
  key.value === 'where' &&
  isSeq(value) &&
  value.items.length === 1 &&
  value.items.every(isInline)

/** A step of words and numbers is a line, as in a table; one with conditions or ways is not. */
const isLine = (step: Node) =>
  isMap(step) &&
  step.items.every(({ value }) => isSimple(value) || (isSeq(value) && value.items.every(isSimple)))

const fits = (node: Node, indent: number) =>
  indent + stringify(node, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd().length <= COLUMNS

/**
 * A journey as its file: YAML with its fields in a fixed order, without those that have their default, durations as text
 * and short parts in one line. The same journey is always the same text. Comments of a file that it was read from are no
 * part of a journey, and not kept.
 */
export function writeJourneyText(journey: Journey): string {
  const document = new Document(journeyForm(journey, { keepsDefaults: false }), {
    version: '1.2',
    aliasDuplicateObjects: false,
  })
  visit(document, {
    Scalar: (key, scalar) => {
      const { value } = scalar
      if (key === 'key' || typeof value !== 'string') return
      if (IS_OTHER_ELSEWHERE.test(value)) scalar.type = Scalar.QUOTE_SINGLE
      // A paragraph is folded; a text of several lines is a block already.
      else if (value.length > COLUMNS - 30 && !value.includes('\n')) scalar.type = Scalar.BLOCK_FOLDED
    },
  })
  visit(document, {
    Collection: (key, node, path) => {
      const depth = path.filter(isCollection).length
      const parent = path.at(-1)
      // The journey itself, and its lists of steps and exits.
      if (depth === 0 || (depth === 1 && isSeq(node))) return undefined
      const isStep = depth === 2 && isSeq(parent)
      const name = path.findLast((one) => typeof one === 'object' && 'key' in one)
      const label =
        name && 'key' in name && isScalar(name.key) && key === 'value' ? String(name.key.value).length + 2 : 2
      if (!(isStep && document.getIn(['steps']) === parent ? isLine(node) : isInline(node))) return undefined
      if (!fits(node, 2 * depth + label)) return undefined
      node.flow = true
      return visit.SKIP
    },
  })
  return document.toString({ lineWidth: COLUMNS, indentSeq: true, singleQuote: true })
}
