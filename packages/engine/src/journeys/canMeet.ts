import { matchValue } from '../segments/matchValue.ts'
import type { ValueCondition } from '../segments/segmentRule.ts'

/** What is asked of one value: conditions that hold, and conditions that do not. */
export interface Asked {
  holds: readonly ValueCondition[]
  fails: readonly ValueCondition[]
}

/** What values there are: numbers in a range that are always there, or anything, nothing among it. */
export interface ValueDomain {
  kind: 'number' | 'anything'
  isAlways: boolean
  isWhole: boolean
  atLeast: number
  atMost: number
}

export const ANYTHING: ValueDomain = {
  kind: 'anything',
  isAlways: false,
  isWhole: false,
  atLeast: -Infinity,
  atMost: Infinity,
}

const isMet = ({ holds, fails }: Asked, value: unknown) =>
  holds.every((one) => matchValue(value, one)) && !fails.some((one) => matchValue(value, one))

const OPPOSITES = { above: 'atMost', atLeast: 'below', below: 'atLeast', atMost: 'above' } as const

const isText = ({ operator }: ValueCondition) => operator === 'contains' || operator === 'startsWith'

/** Whether some number is what is asked. Between two that differ there are always more. */
function hasNumber(asked: Asked, { atLeast, atMost, isWhole }: ValueDomain): boolean {
  if (asked.holds.some(isText) || asked.fails.some(({ operator }) => operator === 'exists')) return false
  let low = { value: atLeast, isOpen: false }
  let high = { value: atMost, isOpen: false }
  const bounds = [
    ...asked.holds,
    ...asked.fails.map((one) => (one.operator in OPPOSITES ? opposite(one) : one)),
  ]
  for (const one of bounds) {
    if (one.operator === 'above' || one.operator === 'atLeast') {
      const isOpen = one.operator === 'above'
      if (one.value > low.value || (one.value === low.value && isOpen)) low = { value: one.value, isOpen }
    }
    if (one.operator === 'below' || one.operator === 'atMost') {
      const isOpen = one.operator === 'below'
      if (one.value < high.value || (one.value === high.value && isOpen)) high = { value: one.value, isOpen }
    }
  }
  if (isWhole) {
    const first = low.isOpen ? Math.floor(low.value) + 1 : Math.ceil(low.value)
    const last = high.isOpen ? Math.ceil(high.value) - 1 : Math.floor(high.value)
    if (!Number.isFinite(first) || !Number.isFinite(last)) return first <= last
    // Some of them may be excluded one by one: more than that are never looked at.
    const excluded = asked.fails.reduce(
      (sum, one) => sum + (one.operator === 'isOneOf' ? one.values.length : 1),
      0,
    )
    for (let value = first; value <= last && value <= first + excluded; value += 1) {
      if (isMet(asked, value)) return true
    }
    return false
  }
  if (low.value < high.value) return true
  return low.value === high.value && !low.isOpen && !high.isOpen && isMet(asked, low.value)
}

function opposite(condition: ValueCondition): ValueCondition {
  switch (condition.operator) {
    case 'above':
    case 'atLeast':
    case 'below':
    case 'atMost':
      return { operator: OPPOSITES[condition.operator], value: condition.value }
    case 'is':
    case 'isOneOf':
    case 'contains':
    case 'startsWith':
    case 'exists':
      break
  }
  return condition
}

/** Whether some text is what is asked. Of those that only exclude there are always others, except of a beginning. */
function hasText({ holds, fails }: Asked): boolean {
  if (
    holds.some(
      ({ operator }) => operator !== 'exists' && operator !== 'contains' && operator !== 'startsWith',
    )
  ) {
    return false
  }
  const beginnings = holds.flatMap((one) => (one.operator === 'startsWith' ? [one.value] : []))
  const longest = beginnings.reduce((known, one) => (one.length > known.length ? one : known), '')
  if (!beginnings.every((one) => longest.startsWith(one))) return false
  const parts = [longest, ...holds.flatMap((one) => (one.operator === 'contains' ? [one.value] : []))]
  return !fails.some(
    (one) =>
      one.operator === 'exists' ||
      (one.operator === 'startsWith' && longest.startsWith(one.value)) ||
      (one.operator === 'contains' && parts.some((part) => part.includes(one.value))),
  )
}

/**
 * Whether there is a value of which all that holds and none of what fails is true, as `matchValue` sees it. It may say yes
 * where there is none, never no where there is one.
 */
export function canMeet(asked: Asked, domain: ValueDomain): boolean {
  const { holds, fails } = asked
  if (holds.length === 0 && !domain.isAlways) return true
  for (const one of holds) {
    if (one.operator !== 'is' && one.operator !== 'isOneOf') continue
    const values = one.operator === 'is' ? [one.value] : one.values
    return values.some((value) => isIn(value, domain) && isMet(asked, value))
  }
  if (hasNumber(asked, domain)) return true
  if (domain.kind === 'number') return false
  if (hasText(asked)) return true
  // What is left is a list or an object, of which only its being there can be asked.
  return (
    holds.every(({ operator }) => operator === 'exists') &&
    !fails.some(({ operator }) => operator === 'exists')
  )
}

function isIn(value: unknown, { kind, isWhole, atLeast, atMost }: ValueDomain): boolean {
  if (kind === 'anything') return true
  return (
    typeof value === 'number' && value >= atLeast && value <= atMost && (!isWhole || Number.isInteger(value))
  )
}
