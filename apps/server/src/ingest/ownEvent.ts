import type { EventInput } from '@ciclo/engine'

/** How the ids of Ciclo's own events begin. Nobody else's may: an id that is known beforehand could be used up. */
export const OWN_ID_PREFIX = 'ciclo:'

/** An event that Ciclo itself witnessed: a mail that left, a signed link that came back, a merge. */
export function ownEvent(
  id: string,
  at: number,
  name: string,
  properties: Record<string, unknown>,
): EventInput {
  return {
    kind: 'event',
    id: OWN_ID_PREFIX + id,
    at,
    receivedAt: at,
    source: 'own',
    event: { type: 'track', name, properties, traits: {}, context: {} },
  }
}
