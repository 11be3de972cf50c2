import type { TryHistory } from './trySession.ts'

/** The tries of this tab by their journeys: another panel may be looked at in between. */
export const keptTries = new Map<string, TryHistory>()
