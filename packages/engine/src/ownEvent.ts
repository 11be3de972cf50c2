import type { EventInput } from './input.ts'

/** How the ids of Ciclo's own events begin. Nobody else's may: an id that is known beforehand could be used up. */
export const OWN_ID_PREFIX = 'ciclo:'

/**
 * An event that Ciclo itself witnessed or brought about: a mail that left, a signed link that came back, a merge, a
 * step of a journey. With traits it is an `identify`.
 */
export function ownEvent(
  id: string,
  at: number,
  name: string,
  properties: Record<string, unknown>,
  traits?: Record<string, unknown>,
): EventInput {
  const event = traits
    ? ({ type: 'identify', properties, traits, context: {} } as const)
    : ({ type: 'track', name, properties, traits: {}, context: {} } as const)
  return { kind: 'event', id: OWN_ID_PREFIX + id, at, receivedAt: at, source: 'own', event }
}
