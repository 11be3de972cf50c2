import { useCallback, type KeyboardEvent } from 'react'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { mainWay } from '../model/editJourney.ts'
import { END, waysIn, type Way } from '../model/ways.ts'
import { lineOf, stepOfBox, TRIGGER_BOX } from './canvasGraph.ts'
import { TRIGGER } from '../model/selection.ts'

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

const isStep = ({ to }: Way) => to !== END

/** The next step in a direction of the flow: down its first way, back where it is come from, or beside it. */
export function walk(
  ways: readonly Way[],
  at: string | null,
  direction: Direction,
): string | null | undefined {
  if (at === null) return direction === 'ArrowDown' ? ways.find(({ from }) => from === null)?.to : undefined
  const before = ways.find(({ to, from }) => to === at && from !== at)
  if (direction === 'ArrowDown') return ways.find((way) => way.from === at && isStep(way))?.to
  if (direction === 'ArrowUp') return before?.from
  const beside = [
    ...new Set(ways.filter((way) => before && way.from === before.from && isStep(way)).map(({ to }) => to)),
  ]
  return beside[beside.indexOf(at) + (direction === 'ArrowRight' ? 1 : -1)]
}

/** What is read as the place of a key: the box that has the focus, or else what is selected. */
function placeOfKey(target: EventTarget, selected: string | null): string | null | undefined {
  if (!(target instanceof HTMLElement)) return selected
  const box = target.closest<HTMLElement>('[data-box]')?.dataset['box']
  if (box !== undefined) return box === TRIGGER_BOX ? null : stepOfBox(box)
  // A button beside a box, such as its menu, has keys of its own.
  return target.closest('button, a') ? undefined : selected
}

const isArrow = (key: string): key is Direction => key.startsWith('Arrow')

/** The keys that the canvas and the list have in common. */
export function useJourneyKeys({
  selected,
  go,
  hold,
  setAdding,
  find,
}: {
  /** The id of a step, or null for the trigger. */
  selected: string | null
  /** Where an arrow key leads from a step or the trigger. */
  go: (direction: Direction, from: string | null) => void
  /** What is selected next has the focus: what had it may go. */
  hold: () => void
  setAdding: (line: string | null) => void
  find: () => void
}) {
  const { definition, isReadOnly } = useJourneyEditing()
  const actions = useJourneyActions()
  return useCallback(
    (event: KeyboardEvent) => {
      const { key, target } = event
      if (event.defaultPrevented || event.altKey) return
      if (target instanceof HTMLElement && target.closest('input, textarea, [role="menu"]')) return
      const isModified = event.ctrlKey || event.metaKey
      const at = placeOfKey(target, selected)
      const done = () => event.preventDefault()
      const letter = key.toLowerCase()
      if (key === '/' || (isModified && letter === 'f')) return (done(), find())
      if (at === undefined) return undefined
      const way = at === null ? waysIn(definition).find(({ from }) => from === null) : mainWay(definition, at)
      if (isArrow(key) && !isModified) return (done(), go(key, at))
      if (
        key === 'Enter' &&
        !isModified &&
        target instanceof HTMLElement &&
        target.dataset['box'] !== undefined
      )
        return (done(), actions.open(at ?? TRIGGER))
      if (isReadOnly) return undefined
      if (isModified && letter === 'v' && actions.copied && way) return (done(), hold(), actions.paste(way))
      if ((key === 'Insert' || letter === 'a') && !isModified && way) return (done(), setAdding(lineOf(way)))
      if (at === null) return undefined
      if (isModified && letter === 'c') return (done(), actions.copy(at))
      if (isModified && (key === 'ArrowUp' || key === 'ArrowDown'))
        return (done(), hold(), actions.move(at, key === 'ArrowUp' ? 'up' : 'down'))
      if (key === 'Delete') return (done(), hold(), actions.remove(at))
      return undefined
    },
    [definition, isReadOnly, actions, selected, go, hold, setAdding, find],
  )
}
