import type { JourneyChange } from '@ciclo/journeys/text'
import type { StepMark } from '../../journeyEditing.ts'
import { TRIGGER } from '../../model/selection.ts'

const TONES = { added: 'added', removed: 'removed', moved: 'changed', changed: 'changed' } as const

/** In what two definitions differ, as the canvas shows it: one mark for each step, whatever has changed in it. */
export function differenceMarks(
  changes: readonly JourneyChange[],
  say: (change: JourneyChange) => string,
): ReadonlyMap<string, StepMark> {
  const marks = new Map<string, StepMark>()
  for (const change of changes) {
    // What is about the journey as a whole stands at where it begins.
    const step = change.step ?? TRIGGER
    const known = marks.get(step)
    marks.set(step, {
      tone: known?.tone === 'added' ? 'added' : TONES[change.kind],
      lines: [...(known?.lines ?? []), say(change)],
    })
  }
  return marks
}
