import type { Journey } from '@ciclo/engine'

/** A journey that does nothing yet: somebody asks for it, and it is over. */
export const emptyJourney = (id: string, name: string) => ({
  id,
  name,
  trigger: { kind: 'api' },
  reentry: { kind: 'always' },
  steps: [{ kind: 'end', id: 'done' }],
})

/** The same journey under another name. */
export const copyOfJourney = (
  definition: Readonly<Record<string, unknown>> | Journey,
  id: string,
  name: string,
) => ({ ...definition, id, name })

/** Below /api/journeys these words mean something else. */
export const TAKEN_IDS = ['files', 'validate', 'try'] as const
