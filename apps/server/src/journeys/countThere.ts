import type { Journey } from '@ciclo/engine'
import { countCandidates, leadsSomewhere } from '../store/queries/journeyCandidates.ts'
import type { Store } from '../store/store.ts'

/**
 * How many customers are where a journey's trigger leads: those whom an opening asks to come in. Null where it leads
 * nowhere: an event, a day, the API.
 */
export async function countThere(
  store: Store,
  { workspaceId, trigger, at }: { workspaceId: string; trigger: Journey['trigger']; at: number },
): Promise<number | null> {
  if (!leadsSomewhere(trigger)) return null
  return await store.read((tx) => countCandidates(tx, trigger, { workspaceId, at }))
}
