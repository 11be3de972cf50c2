import { createContext, useContext } from 'react'
import type { RuleNode } from '../rule/ruleTree.ts'
import type { SeenValues, SegmentPreview } from '../segmentQueries.ts'

/** What the server has against a place in the rule. */
export interface RuleProblem {
  /** As `rules.0.condition.value`. */
  path: string
  message: string
}

/** What the shop has really sent. */
export interface SeenWords {
  events: readonly { type: string; name: string | null }[]
  traits: SeenValues
  currencies: readonly string[]
  languages: readonly string[]
  countries: readonly string[]
}

/** What every part of the builder knows of the whole. */
export interface RuleEditing {
  root: RuleNode
  isReadOnly: boolean
  /** Puts another tree in the place of this one; `field` names what is typed into. */
  edit: (root: RuleNode, field?: string) => void
  /** Sets the focus there when it is drawn: on the first field, or on the button with which to go on. */
  focusOn: (key: string) => void
  tell: (text: string) => void
  problems: readonly RuleProblem[]
  /** Whether also those are shown that nobody has come to yet. */
  showsAll: boolean
  /** Of the rule as it is now, by places; undefined while it is counted. */
  figures: ReadonlyMap<string, SegmentPreview['steps'][number]> | undefined
  total: number
}

const Context = createContext<RuleEditing | null>(null)

export const RuleEditingProvider = Context.Provider

export function useRuleEditing(): RuleEditing {
  const editing = useContext(Context)
  if (!editing) throw new Error('useRuleEditing outside of a rule builder')
  return editing
}

export const NOTHING_SEEN: SeenWords = {
  events: [],
  traits: [],
  currencies: [],
  languages: [],
  countries: [],
}

/** Apart from the rest: fields need not be drawn anew for what becomes of the others. */
const SeenContext = createContext(NOTHING_SEEN)

export const SeenProvider = SeenContext.Provider
export const useSeen = (): SeenWords => useContext(SeenContext)
