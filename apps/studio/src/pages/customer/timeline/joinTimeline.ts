import type { TimelineEntry, TimelineKind } from '../customerQueries.ts'

export const entryKey = ({ kind, id }: TimelineEntry): string => `${kind} ${id}`

/** At one instant what brings something about stands below what comes of it, as the server has it. */
const RANKS: Record<TimelineKind, number> = { event: 0, transition: 1, run: 2, message: 3 }

function byTime(one: TimelineEntry, other: TimelineEntry): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1
  if (one.kind !== other.kind) return RANKS[other.kind] - RANKS[one.kind]
  if (one.kind === 'transition') return Number(other.id) - Number(one.id)
  return one.id < other.id ? 1 : -1
}

/** What a page has been shown of the newest entries so far. */
export interface SeenTimeline {
  entries: ReadonlyMap<string, TimelineEntry>
  /** Where the past begins that was not shown yet: it stays while new entries come. Null: there is none. */
  past: string | null
  /** Those that came while the page was open. */
  fresh: ReadonlySet<string>
  /** How many came with the last answer. */
  arrived: number
}

/**
 * Adds the newest entries to those that were shown. Where none of them was shown before, more has come than one answer
 * holds: then the list begins anew, so that nothing is missing in between.
 */
export function seeTimeline(
  seen: SeenTimeline | undefined,
  newest: readonly TimelineEntry[],
  next: string | null,
): SeenTimeline {
  const isContinued =
    seen !== undefined && (next === null || newest.some((one) => seen.entries.has(entryKey(one))))
  const arrivedKeys = seen ? newest.map(entryKey).filter((key) => !seen.entries.has(key)) : []
  const fresh = new Set([...(seen?.fresh ?? []), ...arrivedKeys])
  const added = newest.map((entry) => [entryKey(entry), entry] as const)
  return {
    entries: new Map([...(isContinued ? seen.entries : []), ...added]),
    past: isContinued ? seen.past : next,
    fresh,
    arrived: arrivedKeys.length,
  }
}

/** The newest entries and the older pages as one list, newest first, without repetitions. */
export function joinTimeline(
  seen: SeenTimeline,
  olderPages: readonly (readonly TimelineEntry[])[],
): TimelineEntry[] {
  const older = olderPages.flat().filter((entry) => !seen.entries.has(entryKey(entry)))
  return [...seen.entries.values(), ...older].toSorted(byTime)
}
