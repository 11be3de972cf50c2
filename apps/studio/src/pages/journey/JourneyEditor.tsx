import type { Journey } from '@ciclo/engine'
import { journeyDifference } from '@ciclo/journeys/text'
import { Box, Text, VisuallyHidden } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotes } from '../../drafts/DraftStatusLine.tsx'
import { useDraft } from '../../drafts/useDraft.ts'
import { useMayChange } from '../segments/useMayChange.ts'
import { JourneyBeside } from './JourneyBeside.tsx'
import classes from './JourneyEditor.module.css'
import { JourneyHeading } from './JourneyHeading.tsx'
import { JourneyActionsProvider } from './journeyActions.ts'
import { journeyDoor, storedJourney, type JourneyAnswer } from './journeyDoor.ts'
import { JourneyEditingProvider, type JourneyEditing, type StepMark } from './journeyEditing.ts'
import { JourneyView } from './JourneyView.tsx'
import { readJourney } from './model/editJourney.ts'
import { useJourneyHistory } from './useJourneyHistory.ts'
import { useMakeActions } from './useMakeActions.ts'
import { useServerProblems } from './useServerProblems.ts'
import { selectionOf } from './model/selection.ts'

const describe = (mine: Journey, theirs: Journey) => journeyDifference(mine, theirs).map(({ text }) => text)

/** Whether letters that are typed there are taken back by the field itself. */
const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null

/** A journey while it is edited: saved by itself, checked by the server, taken back and done again. */
export function JourneyEditor({ id, stored }: { id: string; stored: JourneyAnswer }) {
  const { t } = useTranslation('journey')
  const isReadOnly = !useMayChange()
  const door = useMemo(() => journeyDoor(id), [id])
  const draft = useDraft<Journey>({ key: `journey/${id}`, start: storedJourney(stored), door, isReadOnly })
  const { definition, edit: change, undo, redo } = useJourneyHistory(draft, isReadOnly)
  const problems = useServerProblems(definition)
  const search = useSearch({ from: '/inside/journeys/$journeyId' })
  const navigate = useNavigate({ from: '/journeys/$journeyId' })
  const [marks, mark] = useState<ReadonlyMap<string, StepMark> | null>(null)
  const [told, tell] = useState('')
  const beside = useRef<HTMLDivElement>(null)
  const selected = selectionOf(search.step, definition.steps)

  const edit = useCallback(
    (value: Journey, field?: string) => {
      const read = readJourney(value)
      if (!read) throw new Error('What was edited is no journey; expected one of the language')
      change(read, field)
    },
    [change],
  )
  const select = useCallback(
    (step: string) =>
      void navigate({ search: (before) => ({ ...before, step }), replace: true, resetScroll: false }),
    [navigate],
  )
  const open = useCallback(
    (step: string) => {
      void navigate({
        search: ({ panel: _, ...before }) => ({ ...before, step }),
        replace: true,
        resetScroll: false,
      }).then(() =>
        // The form is drawn after what has led to it.
        requestAnimationFrame(() =>
          beside.current?.querySelector<HTMLElement>('[data-form] input, [data-form] button')?.focus(),
        ),
      )
    },
    [navigate],
  )
  const editing: JourneyEditing = useMemo(
    () => ({ id, definition, edit, draft, problems, selected, select, isReadOnly, mark }),
    [id, definition, edit, draft, problems, selected, select, isReadOnly],
  )
  const actions = useMakeActions({ editing, undo, redo, open, tell, marks })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    const isCode = event.target instanceof HTMLElement && event.target.closest('.cm-editor') !== null
    if (isCode || (key !== 'z' && key !== 'y')) return
    const action = key === 'y' || event.shiftKey ? actions.redo : actions.undo
    // A field without a history of ours, such as the search, keeps its own.
    if (isTyping(event.target) && !(event.target as HTMLElement).closest('[data-form]')) return
    event.preventDefault()
    action?.()
  }
  return (
    <JourneyEditingProvider value={editing}>
      <JourneyActionsProvider value={actions}>
        <Box className={classes['page']} onKeyDown={onKeyDown}>
          <JourneyHeading status={stored.status} />
          <DraftNotes draft={draft} describe={describe} />
          {isReadOnly ? (
            <Text size="sm" c="dimmed" mb="xs">
              {t('readOnly')}
            </Text>
          ) : null}
          <Box className={classes['halves']}>
            <Box className={classes['view']}>
              <JourneyView view={search.view ?? 'canvas'} />
            </Box>
            <Box className={classes['beside']} ref={beside}>
              <JourneyBeside panel={search.panel} />
            </Box>
          </Box>
          <VisuallyHidden role="status" aria-live="polite" data-told>
            {told}
          </VisuallyHidden>
        </Box>
      </JourneyActionsProvider>
    </JourneyEditingProvider>
  )
}
