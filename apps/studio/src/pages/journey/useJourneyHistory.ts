import type { Journey } from '@ciclo/engine'
import { useCallback, useEffect, useRef, useState } from 'react'
import { startHistory, stepHistory, type HistoryStep } from '../../drafts/editHistory.ts'
import type { Draft } from '../../drafts/useDraft.ts'

const isSame = (one: Journey, other: Journey) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

/** What was edited on this page can be taken back and done again, also what somebody else has brought meanwhile. */
export function useJourneyHistory(draft: Draft<Journey>, isReadOnly: boolean) {
  const [history, setHistory] = useState(() => startHistory(draft.value))
  const latest = useRef({ history, edit: draft.edit })
  latest.current.edit = draft.edit
  const step = useCallback(
    (change: HistoryStep<Journey>) => {
      if (isReadOnly) return
      const next = stepHistory(latest.current.history, change)
      if (next === latest.current.history) return
      latest.current.history = next
      setHistory(next)
      latest.current.edit(next.value)
    },
    [isReadOnly],
  )
  const { value } = draft
  useEffect(() => {
    const known = latest.current.history
    if (isSame(known.value, value)) return
    const next = stepHistory(known, { type: 'edit', value })
    latest.current.history = next
    setHistory(next)
  }, [value])
  const edit = useCallback(
    (definition: Journey, field?: string) => step({ type: 'edit', value: definition, field }),
    [step],
  )
  const undo = useCallback(() => step({ type: 'undo' }), [step])
  const redo = useCallback(() => step({ type: 'redo' }), [step])
  return {
    definition: history.value,
    edit,
    undo: history.past.length > 0 && !isReadOnly ? undo : undefined,
    redo: history.future.length > 0 && !isReadOnly ? redo : undefined,
  }
}
