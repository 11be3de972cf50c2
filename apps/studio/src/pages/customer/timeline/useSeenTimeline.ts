import { useState } from 'react'
import type { TimelineEntry } from '../customerQueries.ts'
import { seeTimeline, type SeenTimeline } from './joinTimeline.ts'

interface Page {
  entries: TimelineEntry[]
  next: string | null
}

/** All of the newest entries that this page has been given, however often it has asked. */
export function useSeenTimeline(page: Page | undefined): SeenTimeline | undefined {
  const [state, setState] = useState<{ page: Page | undefined; seen: SeenTimeline | undefined }>({
    page: undefined,
    seen: undefined,
  })
  if (page === undefined || page === state.page) return state.seen
  const seen = seeTimeline(state.seen, page.entries, page.next)
  // While it renders, as React has it for what follows from what was given: never a picture of the old list.
  setState({ page, seen })
  return seen
}
