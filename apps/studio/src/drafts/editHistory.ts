/** What was edited, and what can be taken back and done again. */
export interface EditHistory<Value> {
  value: Value
  past: readonly Value[]
  future: readonly Value[]
  /** What was edited last: going on with the same is taken back in one step. */
  field: string | null
}

export type HistoryStep<Value> =
  /** `field` names what is typed into, where letters follow each other. */
  { type: 'edit'; value: Value; field?: string | undefined } | { type: 'undo' } | { type: 'redo' }

/** More steps than this nobody takes back. */
const MOST_STEPS = 200

export const startHistory = <Value>(value: Value): EditHistory<Value> => ({
  value,
  past: [],
  future: [],
  field: null,
})

export function stepHistory<Value>(
  history: EditHistory<Value>,
  step: HistoryStep<Value>,
): EditHistory<Value> {
  const { value, past, future, field } = history
  if (step.type === 'undo') {
    const before = past.at(-1)
    if (before === undefined) return history
    return { value: before, past: past.slice(0, -1), future: [value, ...future], field: null }
  }
  if (step.type === 'redo') {
    const [next, ...later] = future
    if (next === undefined) return history
    return { value: next, past: [...past, value], future: later, field: null }
  }
  if (step.value === value) return history
  const goesOn = step.field !== undefined && step.field === field
  return {
    value: step.value,
    past: goesOn ? past : [...past, value].slice(-MOST_STEPS),
    future: [],
    field: step.field ?? null,
  }
}
