import { useCallback, useRef } from 'react'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import type { DraftDoor } from '../../drafts/createDraftKeeper.ts'
import { startHistory, stepHistory, type EditHistory, type HistoryStep } from '../../drafts/editHistory.ts'
import { useDraft } from '../../drafts/useDraft.ts'
import { valueOf, type TemplateDetail, type TemplateValue } from '../templates/templateQueries.ts'

/** How a request says what it has seen. */
export const ifMatch = (hash: string | null): Record<string, string> =>
  hash === null ? {} : { 'if-match': `"${hash}"` }

const doorOf = (name: string): DraftDoor<TemplateValue> => ({
  save: (value, expected) => {
    const { headers, body } = withBody(value).init
    return ask(
      api.templates[':name'].draft.$put(
        { param: { name } },
        { init: { headers: { ...headers, ...ifMatch(expected) }, body } },
      ),
    )
  },
  read: async () => {
    const { source, hash } = await ask(api.templates[':name'].$get({ param: { name } }))
    return { value: valueOf(source), hash }
  },
})

/** Changes what a template says; `field` names what is typed into. */
export type ChangeTemplate = (change: (value: TemplateValue) => TemplateValue, field?: string) => void

/** A template that is edited: saved by itself, and what was done can be taken back. */
export function useTemplateEditing(detail: TemplateDetail, isReadOnly: boolean) {
  const { name, source, hash } = detail
  const draft = useDraft<TemplateValue>({
    key: `template/${name}`,
    start: { value: valueOf(source), hash },
    door: doorOf(name),
    isReadOnly,
  })
  const history = useRef<EditHistory<TemplateValue>>(null)
  history.current ??= startHistory(draft.value)
  // What came from elsewhere, such as another tab, can be taken back as well.
  if (history.current.value !== draft.value)
    history.current = stepHistory(history.current, { type: 'edit', value: draft.value })
  const told = useRef(draft.edit)
  told.current = draft.edit
  const step = useCallback((next: HistoryStep<TemplateValue>) => {
    if (!history.current) return
    history.current = stepHistory(history.current, next)
    told.current(history.current.value)
  }, [])
  const change: ChangeTemplate = useCallback(
    (make, field) => {
      if (history.current) step({ type: 'edit', value: make(history.current.value), field })
    },
    [step],
  )
  const { past, future } = history.current
  return {
    draft,
    value: draft.value,
    change,
    undo: past.length > 0 && !isReadOnly ? () => step({ type: 'undo' }) : undefined,
    redo: future.length > 0 && !isReadOnly ? () => step({ type: 'redo' }) : undefined,
  }
}
