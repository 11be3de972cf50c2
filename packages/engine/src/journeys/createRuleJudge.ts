import type { SegmentRule } from '../segments/segmentRule.ts'
import { literalText } from './literalText.ts'
import { arePossible, subjectOf, type Literal } from './ruleSubject.ts'

/** A rule that is to be true, or not to be. */
export interface Demand {
  rule: SegmentRule
  holds: boolean
}

export interface RuleJudge {
  /**
   * Null where all demands can be met at once, as far as it looks; else what is in the way, in words. Sound, not complete:
   * what it says to be impossible is, for every customer at every time.
   */
  conflictIn: (...demands: readonly Demand[]) => string | null
}

type Known = ReadonlyMap<string, readonly Literal[]>

/** Leaves looked at for one question, and for all of a journey's: a rule has at most 100, a choice multiplies them. */
const QUESTION = 5_000
const ALL = 20_000

/**
 * Looks for contradictions by going through the ways in which demands can be met (an analytic tableau): conditions that
 * must hold are gathered by what they look at, and each choice is tried until one is left without a contradiction.
 * Bounded: what would take longer counts as possible.
 */
export function createRuleJudge(): RuleJudge {
  let all = ALL

  const conflictIn = (...demands: readonly Demand[]): string | null => {
    let left = Math.min(QUESTION, all)
    const before = left
    let first: string | null = null

    /** Whether the demands can be met besides what is known already. */
    const isPossible = (known: Known, open: readonly Demand[]): boolean => {
      const next = new Map(known)
      const choices: (readonly Demand[])[] = []
      const waiting = open.toReversed()
      for (let demand = waiting.pop(); demand; demand = waiting.pop()) {
        const { rule, holds } = demand
        if (rule.kind === 'not') {
          waiting.push({ rule: rule.rule, holds: !holds })
        } else if (rule.kind === 'and' || rule.kind === 'or') {
          const parts = rule.rules.map((part) => ({ rule: part, holds }))
          if ((rule.kind === 'and') === holds || parts.length === 1) waiting.push(...parts.toReversed())
          else choices.push(parts)
        } else {
          left -= 1
          if (left < 0) return true
          const subject = subjectOf(rule)
          const others = next.get(subject) ?? []
          const literals = [...others, { leaf: rule, holds }]
          if (!arePossible(others, { leaf: rule, holds })) {
            first ??= literals.map(literalText).join(', and ')
            return false
          }
          next.set(subject, literals)
        }
      }
      const [choice, ...later] = choices
      if (!choice) return true
      // What else is to be chosen is the same demand as before: a choice among parts of which one holds.
      const rest = later.map((parts): Demand => anyOf(parts))
      return choice.some((part) => isPossible(next, [part, ...rest]))
    }

    const isMet = isPossible(new Map(), demands)
    all -= before - Math.max(0, left)
    return isMet ? null : first
  }

  return { conflictIn }
}

/** One of the demands: as one. */
const anyOf = (parts: readonly Demand[]): Demand => ({
  rule: { kind: 'or', rules: parts.map(({ rule, holds }) => (holds ? rule : { kind: 'not', rule })) },
  holds: true,
})
