import type { Journey, JourneyStep } from '@ciclo/engine'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyActions } from './journeyActions.ts'
import type { JourneyEditing, StepMark } from './journeyEditing.ts'
import { journeyNamesQuery, poolsQuery, templateNamesQuery } from './journeyQueries.ts'
import { addStep, moveDown, moveStep, moveUp, pasteStep, removeStep } from './model/editJourney.ts'
import { newStep } from './model/newStep.ts'
import { waysIn, type WayPlace } from './model/ways.ts'
import { useStepWords } from './words/useStepWords.ts'
import { TRIGGER } from './model/selection.ts'

/** What was copied, for all journeys of this tab. */
let clipboard: JourneyStep | null = null

const NO_NAMES: readonly string[] = []

/** What the canvas and the list do with the journey. */
export function useMakeActions({
  editing,
  undo,
  redo,
  open,
  tell,
  marks,
}: {
  editing: Pick<JourneyEditing, 'definition' | 'edit' | 'select' | 'isReadOnly'>
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  open: (id: string) => void
  tell: (text: string) => void
  marks: ReadonlyMap<string, StepMark> | null
}): JourneyActions {
  const { t } = useTranslation('journey')
  const words = useStepWords()
  const { isReadOnly } = editing
  const { data: templates = NO_NAMES } = useQuery({ ...templateNamesQuery, enabled: !isReadOnly })
  const { data: journeys } = useQuery({ ...journeyNamesQuery, enabled: !isReadOnly })
  const { data: pools } = useQuery({ ...poolsQuery, enabled: !isReadOnly })
  const [copied, setCopied] = useState(clipboard)
  const latest = useRef({ ...editing, words, t, tell, copied })
  latest.current = { ...editing, words, t, tell, copied }
  const names = useMemo(
    () => ({
      templates,
      journeys: (journeys ?? []).map(({ id }) => id),
      pools: (pools?.pools ?? []).map(({ pool }) => pool),
    }),
    [templates, journeys, pools],
  )

  const sentenceOf = (id: string) => {
    const step = latest.current.definition.steps.find((one) => one.id === id)
    return step ? latest.current.words.step(step) : id
  }
  const put = useCallback((changed: Journey | undefined, selected: string, text: string, failed: string) => {
    const { edit, select, tell: say } = latest.current
    if (!changed) return say(failed)
    edit(changed)
    select(selected)
    say(text)
  }, [])

  const add = useCallback<JourneyActions['add']>(
    (way, kind) => {
      const { definition, words: said, t: word } = latest.current
      const step = newStep(kind, definition, names)
      const what = said.step(step)
      put(addStep(definition, way, step), step.id, word('told.added', { what }), word('told.unpasted'))
    },
    [names, put],
  )
  const copy = useCallback<JourneyActions['copy']>((id) => {
    const step = latest.current.definition.steps.find((one) => one.id === id)
    if (!step) return
    clipboard = step
    setCopied(step)
    latest.current.tell(latest.current.t('told.copied', { what: sentenceOf(id) }))
  }, [])
  const paste = useCallback<JourneyActions['paste']>(
    (way: WayPlace) => {
      const { definition, words: said, t: word, copied: step } = latest.current
      if (!step) return
      const pasted = pasteStep(definition, way, step)
      const what = said.step(step)
      put(pasted?.journey, pasted?.id ?? '', word('told.added', { what }), word('told.unpasted'))
    },
    [put],
  )
  const remove = useCallback<JourneyActions['remove']>(
    (id) => {
      const { definition, t: word } = latest.current
      const next = removeStep(definition, id)
      // What led to it is where one stands then: the next Delete does not take away what follows.
      const before = waysIn(definition).find(({ to }) => to === id)?.from ?? TRIGGER
      const stays = next?.steps.some((step) => step.id === before) ? before : TRIGGER
      put(next, stays, word('told.deleted', { what: sentenceOf(id) }), word('told.unmoved'))
    },
    [put],
  )
  const move = useCallback<JourneyActions['move']>(
    (id, to) => {
      const { definition, t: word } = latest.current
      const next =
        to === 'up'
          ? moveUp(definition, id)
          : to === 'down'
            ? moveDown(definition, id)
            : moveStep(definition, id, to)
      put(next, id, word('told.moved', { what: sentenceOf(id) }), word('told.unmoved'))
    },
    [put],
  )
  const say = useCallback(
    (what: (() => void) | undefined, key: 'told.undone' | 'told.redone') =>
      what &&
      (() => {
        what()
        latest.current.tell(latest.current.t(key))
      }),
    [],
  )
  return useMemo(
    () => ({
      undo: say(undo, 'told.undone'),
      redo: say(redo, 'told.redone'),
      add,
      copied,
      copy,
      paste,
      remove,
      move,
      open,
      tell,
      marks,
    }),
    [say, undo, redo, add, copied, copy, paste, remove, move, open, tell, marks],
  )
}
