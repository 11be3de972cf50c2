import { durationText } from '../duration.ts'
import type { SegmentLeaf, ValueCondition } from '../segments/segmentRule.ts'
import type { Literal } from './ruleSubject.ts'

const shown = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))

/** Lists may have hundreds of values: the first say which it is. */
function anyOf(values: readonly unknown[], show: (value: unknown) => string = String): string {
  const first = values.slice(0, 5).map(show).join(' or ')
  return values.length > 5 ? `${first} or ${values.length - 5} more` : first
}

const SIGNS = {
  is: 'is',
  contains: 'contains',
  startsWith: 'starts with',
  above: 'is above',
  atLeast: 'is at least',
  below: 'is below',
  atMost: 'is at most',
} as const

/** What a condition asks: `is above 5`. */
function conditionText(condition: ValueCondition): string {
  if (condition.operator === 'exists') return 'exists'
  if (condition.operator === 'isOneOf') return `is ${anyOf(condition.values, shown)}`
  return `${SIGNS[condition.operator]} ${shown(condition.value)}`
}

const TIMES = {
  firstOrder: 'the first order',
  lastOrder: 'the last order',
  engagement: 'the last visit',
} as const

const whereText = (where: Extract<SegmentLeaf, { kind: 'event' }>['where']) =>
  where.map(({ path, condition }) => ` whose ${path.join('.')} ${conditionText(condition)}`).join(' and')

function leafText(leaf: SegmentLeaf): string {
  switch (leaf.kind) {
    case 'trait':
      return `${leaf.path.join('.')} ${conditionText(leaf.condition)}`
    case 'lifecycle':
      return `${leaf.region} is ${anyOf(leaf.states)}`
    case 'consent':
      return `consent to ${leaf.purpose} is ${anyOf(leaf.statuses)}`
    case 'reachable':
      return 'is reachable'
    case 'language':
      return `language is ${anyOf(leaf.languages)}`
    case 'country':
      return `country is ${anyOf(leaf.countries)}`
    case 'orders':
      return `${leaf.figure} of orders${leaf.currency === undefined ? '' : ` in ${leaf.currency}`} ${conditionText(leaf.condition)}`
    case 'ago':
      return `${TIMES[leaf.of]} was at least ${durationText(leaf.atLeast)} ago`
    case 'rfm':
      return `RFM group is ${anyOf(leaf.groups)}`
    case 'prediction':
      return `prediction ${leaf.figure} ${conditionText(leaf.condition)}`
    case 'event':
      break
  }
  const window = leaf.within === null ? '' : ` within ${durationText(leaf.within)}`
  return `at least ${leaf.atLeast} times ${leaf.name ?? leaf.type}${whereText(leaf.where)}${window}`
}

/** A condition as a message names it: `not (stage is new)`. */
export const literalText = ({ leaf, holds }: Literal): string =>
  holds ? leafText(leaf) : `not (${leafText(leaf)})`
