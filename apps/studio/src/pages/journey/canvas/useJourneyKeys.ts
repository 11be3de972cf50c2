import { useCallback, type KeyboardEvent } from 'react'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { mainWay } from '../model/editJourney.ts'
import { END, waysIn, type Way } from '../model/ways.ts'
import { lineOf } from './canvasGraph.ts'

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

const isArrow = (key: string): key is Direction => key.startsWith('Arrow')

/** The keys that the canvas and the list have in common. */
export function useJourneyKeys({
  selected,
  go,
  setAdding,
  find,
}: {
  /** The id of a step, or null for the trigger. */
  selected: string | null
  /** Where an arrow key leads. */
  go: (direction: Direction) => void
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
      const way =
        selected === null
          ? waysIn(definition).find(({ from }) => from === null)
          : mainWay(definition, selected)
      const done = () => event.preventDefault()
      const letter = key.toLowerCase()
      if (key === '/' || (isModified && letter === 'f')) return (done(), find())
      if (isArrow(key) && !isModified) return (done(), go(key))
      if (
        key === 'Enter' &&
        !isModified &&
        target instanceof HTMLElement &&
        target.dataset['box'] !== undefined
      )
        return (done(), actions.open(selected ?? 'trigger'))
      if (isReadOnly) return undefined
      if (isModified && letter === 'v' && actions.copied && way) return (done(), actions.paste(way))
      if ((key === 'Insert' || letter === 'a') && !isModified && way) return (done(), setAdding(lineOf(way)))
      if (selected === null) return undefined
      if (isModified && letter === 'c') return (done(), actions.copy(selected))
      if (isModified && (key === 'ArrowUp' || key === 'ArrowDown'))
        return (done(), actions.move(selected, key === 'ArrowUp' ? 'up' : 'down'))
      if (key === 'Delete') return (done(), actions.remove(selected))
      return undefined
    },
    [definition, isReadOnly, actions, selected, go, setAdding, find],
  )
}
