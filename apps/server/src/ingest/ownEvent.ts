import type { EventInput } from '@ciclo/engine'

/** An event that Ciclo itself witnessed: a mail that left, a signed link that came back, a merge. */
export function ownEvent(
  id: string,
  at: number,
  name: string,
  properties: Record<string, unknown>,
): EventInput {
  return {
    kind: 'event',
    id,
    at,
    receivedAt: at,
    source: 'own',
    event: { type: 'track', name, properties, traits: {}, context: {} },
  }
}
