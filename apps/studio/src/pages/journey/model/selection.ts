/** What is selected beside steps. No step can be called so: ids have small letters, digits and hyphens. */
export const TRIGGER = '.trigger'
export const JOURNEY = '.journey'

/** What an address selects: a step by its id, whatever that is, else what starts the journey or the journey itself. */
export function selectionOf(named: string | undefined, steps: readonly { id: string }[]): string {
  if (named === undefined) return TRIGGER
  if (steps.some(({ id }) => id === named)) return named
  return named === 'trigger' ? TRIGGER : named === 'journey' ? JOURNEY : named
}
