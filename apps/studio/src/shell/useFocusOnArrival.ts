import { useMatches } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { focusContent, isContentFocused } from './focusContent.ts'

/**
 * Whoever goes to another page by keyboard or hears it read begins at its heading, not where the link was that led
 * there. Moving within a page leaves the focus where it is, and so does the first page.
 */
export function useFocusOnArrival(): void {
  const current = useMatches({ select: (matches) => matches.at(-1)?.routeId })
  const last = useRef(current)
  useEffect(() => {
    if (current === last.current) return undefined
    last.current = current
    return isContentFocused() ? undefined : focusContent()
  }, [current])
}
