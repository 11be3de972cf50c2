import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'

const ROWS_PER_PAGE_KEY = 10

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: ROWS_PER_PAGE_KEY,
  PageUp: -ROWS_PER_PAGE_KEY,
  Home: -Infinity,
  End: Infinity,
}

/**
 * Walking through rows by keyboard: the list is one stop of the tab key, the arrows lead from row to row, and a row that
 * is not there yet gets the focus once it is. Rows carry `data-index`, their links `data-row-link`.
 */
export function useRowWalk(virtualizer: Virtualizer<HTMLDivElement, Element>, count: number) {
  const [current, setCurrent] = useState(0)
  const wanted = useRef<number>(undefined)
  const box = virtualizer.scrollElement

  const focusWanted = useCallback(() => {
    if (wanted.current === undefined) return
    const link = box?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [data-row-link]`)
    if (!link) return
    wanted.current = undefined
    link.focus({ preventScroll: true })
  }, [box])
  // After each render: the row may have come with it.
  useEffect(focusWanted)

  const goTo = (index: number) => {
    if (count === 0) return
    const place = Math.min(count - 1, Math.max(0, index))
    setCurrent(place)
    wanted.current = place
    virtualizer.scrollToIndex(place, { align: 'auto' })
    focusWanted()
  }

  return {
    /** The row that the tab key leads to. */
    current: Math.min(current, Math.max(0, count - 1)),
    goTo,
    handlers: {
      onKeyDown: (event: KeyboardEvent) => {
        const step = STEPS[event.key]
        if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        goTo(Math.max(0, Math.min(count - 1, current + step)))
      },
      onFocus: (event: FocusEvent) => {
        const row = event.target.closest<HTMLElement>('[data-index]')
        if (row) setCurrent(Number(row.dataset['index']))
      },
    },
  }
}
