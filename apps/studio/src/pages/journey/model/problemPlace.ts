import type { JourneyProblem } from '../journeyEditing.ts'
import { JOURNEY, TRIGGER } from './selection.ts'

/** What of a journey without a step is told in the form of what starts it. */
const OF_TRIGGER = new Set(['trigger', 'entry', 'key', 'reentry', 'repeat'])

/** Whose form shows what is wrong: a step's, or that of what starts the journey or of the journey as a whole. */
export const problemPlace = ({ step, path }: Pick<JourneyProblem, 'step' | 'path'>): string =>
  step ?? (OF_TRIGGER.has(String(path[0])) ? TRIGGER : JOURNEY)
