import { CONSENT_STATUSES } from '../consent.ts'
import { equalJson } from '../equalJson.ts'
import { STATES } from '../lifecycle.ts'
import { RFM_GROUPS } from '../rfm.ts'
import type { EventLeaf } from '../segments/eventCounter.ts'
import type { SegmentLeaf, ValueCondition } from '../segments/segmentRule.ts'
import { ANYTHING, canMeet, type ValueDomain } from './canMeet.ts'

/** A leaf that is to be true, or not to be. */
export interface Literal {
  leaf: SegmentLeaf
  holds: boolean
}

type LeafOf<Kind extends SegmentLeaf['kind']> = Extract<SegmentLeaf, { kind: Kind }>

const NUMBER: ValueDomain = { ...ANYTHING, kind: 'number' }

/** What a leaf looks at. Leaves that look at different things never contradict each other, as far as is known here. */
export function subjectOf(leaf: SegmentLeaf): string {
  switch (leaf.kind) {
    case 'trait':
      return JSON.stringify(['trait', ...leaf.path])
    case 'lifecycle':
      return `lifecycle ${leaf.region}`
    case 'consent':
      return `consent ${leaf.purpose}`
    case 'orders':
      return `orders ${leaf.figure} ${leaf.currency ?? ''}`
    case 'prediction':
      return `prediction ${leaf.figure}`
    case 'event':
      return `event ${leaf.type}`
    case 'reachable':
    case 'language':
    case 'country':
    case 'ago':
    case 'rfm':
      break
  }
  return leaf.kind
}

function domainOf(leaf: LeafOf<'trait' | 'orders' | 'prediction'>): ValueDomain {
  if (leaf.kind === 'trait') return ANYTHING
  if (leaf.kind === 'orders') {
    const isCount = leaf.figure === 'count'
    return { ...NUMBER, isAlways: true, isWhole: leaf.figure !== 'average', atLeast: isCount ? 0 : -Infinity }
  }
  return leaf.figure === 'alive' ? { ...NUMBER, atLeast: 0, atMost: 1 } : NUMBER
}

/** Whether a value can be what all conditions on it ask. */
function areValuesPossible(literals: readonly Literal[]): boolean {
  const conditions: Record<'holds' | 'fails', ValueCondition[]> = { holds: [], fails: [] }
  let domain = ANYTHING
  let isList = false
  for (const { leaf, holds } of literals) {
    if (leaf.kind !== 'trait' && leaf.kind !== 'orders' && leaf.kind !== 'prediction') continue
    conditions[holds ? 'holds' : 'fails'].push(leaf.condition)
    domain = domainOf(leaf)
    isList ||= leaf.kind === 'trait' && leaf.path.includes('*')
  }
  const { holds, fails } = conditions
  // Each of several values may meet another condition, and none may meet what is to fail.
  if (isList) return holds.every((one) => canMeet({ holds: [one], fails }, domain))
  return canMeet({ holds, fails }, domain)
}

/** What a choice can be; null where nobody can list all of it. `undefined` stands for none. */
function choiceOf(
  leaf: SegmentLeaf,
): { chosen: readonly string[]; all: readonly (string | undefined)[] | null } | null {
  switch (leaf.kind) {
    case 'lifecycle':
      return { chosen: leaf.states, all: STATES[leaf.region] }
    case 'consent':
      return { chosen: leaf.statuses, all: [...CONSENT_STATUSES, 'none'] }
    case 'rfm':
      return { chosen: leaf.groups, all: [...RFM_GROUPS, undefined] }
    case 'language':
      return { chosen: leaf.languages, all: null }
    case 'country':
      return { chosen: leaf.countries, all: null }
    case 'reachable':
      return { chosen: ['yes'], all: ['yes', undefined] }
    case 'trait':
    case 'orders':
    case 'ago':
    case 'prediction':
    case 'event':
      break
  }
  return null
}

/** Whether one of the things that can be chosen is in all choices that hold, and in none of those that do not. */
function areChoicesPossible(literals: readonly Literal[]): boolean {
  let left: readonly (string | undefined)[] | null = null
  const excluded = new Set<string | undefined>()
  for (const { leaf, holds } of literals) {
    const choice = choiceOf(leaf)
    if (!choice) continue
    left ??= choice.all
    if (!holds) for (const one of choice.chosen) excluded.add(one)
    else
      left =
        left === null ? choice.chosen : left.filter((one) => one !== undefined && choice.chosen.includes(one))
  }
  return left === null || left.some((one) => !excluded.has(one))
}

/** Whether an event that makes the one leaf true, so often and so new, makes the other true as well. */
function implies(one: EventLeaf, other: EventLeaf): boolean {
  return (
    one.atLeast >= other.atLeast &&
    (one.within ?? Infinity) <= (other.within ?? Infinity) &&
    (other.name === undefined || one.name === other.name) &&
    other.where.every((asked) => one.where.some((own) => equalJson(asked, own)))
  )
}

/** Whether one event can be all that is asked of it. */
export function isEventPossible(where: EventLeaf['where']): boolean {
  const asked = where.map(({ path, condition }): Literal => ({
    leaf: { kind: 'trait', path, condition },
    holds: true,
  }))
  return [...Map.groupBy(asked, ({ leaf }) => subjectOf(leaf)).values()].every(areValuesPossible)
}

/** Whether what is so long after the one is so long after the other: the first order is as old as the last, or older. */
const isAsOld = (one: LeafOf<'ago'>, other: LeafOf<'ago'>) =>
  one.of === other.of || (one.of === 'lastOrder' && other.of === 'firstOrder')

/** Whether one leaf can be true while another of the same subject is not: of leaves that count or measure time. */
function isApart(holding: SegmentLeaf, failing: SegmentLeaf): boolean {
  if (holding.kind === 'event' && failing.kind === 'event') return !implies(holding, failing)
  if (holding.kind !== 'ago' || failing.kind !== 'ago') return true
  return !isAsOld(holding, failing) || holding.atLeast < failing.atLeast
}

/**
 * Whether one more literal can be as it is to be besides others of its subject, which can be by themselves. It may say
 * yes where it cannot.
 */
export function arePossible(known: readonly Literal[], next: Literal): boolean {
  const { leaf, holds } = next
  if (leaf.kind === 'event' && holds && !isEventPossible(leaf.where)) return false
  const areApart = known.every(
    (one) => one.holds === holds || (holds ? isApart(leaf, one.leaf) : isApart(one.leaf, leaf)),
  )
  if (!areApart || leaf.kind === 'event' || leaf.kind === 'ago') return areApart
  const all = [...known, next]
  return areValuesPossible(all) && areChoicesPossible(all)
}
