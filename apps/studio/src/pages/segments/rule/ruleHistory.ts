import type { RuleNode } from './ruleTree.ts'

/** What was edited, and what can be taken back and done again. */
interface RuleHistory {
  root: RuleNode
  past: readonly RuleNode[]
  future: readonly RuleNode[]
  /** What was edited last: going on with the same is taken back in one step. */
  field: string | null
}

type RuleEdit =
  /** `field` names what is typed into, where letters follow each other. */
  { type: 'edit'; root: RuleNode; field?: string } | { type: 'undo' } | { type: 'redo' }

/** More steps than this nobody takes back. */
const MOST_STEPS = 200

export const startHistory = (root: RuleNode): RuleHistory => ({ root, past: [], future: [], field: null })

export function editRule(history: RuleHistory, edit: RuleEdit): RuleHistory {
  const { root, past, future, field } = history
  if (edit.type === 'undo') {
    const before = past.at(-1)
    return before
      ? { root: before, past: past.slice(0, -1), future: [root, ...future], field: null }
      : history
  }
  if (edit.type === 'redo') {
    const [next, ...later] = future
    return next ? { root: next, past: [...past, root], future: later, field: null } : history
  }
  if (edit.root === root) return history
  const goesOn = edit.field !== undefined && edit.field === field
  return {
    root: edit.root,
    past: goesOn ? past : [...past, root].slice(-MOST_STEPS),
    future: [],
    field: edit.field ?? null,
  }
}
