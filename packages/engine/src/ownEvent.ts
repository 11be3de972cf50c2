import type { EventInput } from './input.ts'

/** How the ids of Ciclo's own events begin. Nobody else's may: an id that is known beforehand could be used up. */
export const OWN_ID_PREFIX = 'ciclo:'

const DEED = 'journey/'
const DEED_PREFIX = OWN_ID_PREFIX + DEED

/** Whether an event was brought about by a step of a journey. */
export const isDeedId = (id: string): boolean => id.startsWith(DEED_PREFIX)

/**
 * The journeys whose runs have led to what a step brought about, the last one first: an id holds those of all that has
 * caused it, as far as it is not cut.
 */
export const journeysBehind = (id: string): string[] =>
  isDeedId(id)
    ? id
        .split(DEED_PREFIX)
        .slice(1)
        .flatMap((run) => run.split('/')[1] ?? [])
    : []

/**
 * The id of what a step brings about: it sorts after what was brought about before it at the same instant.
 *
 * @param last the last that has moved the customer
 */
export function deedId(name: string, at: number, last: { at: number; id: string }): string {
  const before =
    last.at === at && isDeedId(last.id) ? Number(last.id.slice(DEED_PREFIX.length).split('/')[0]) : -1
  return `${DEED}${String(Number.isInteger(before) ? before + 1 : 0).padStart(4, '0')}/${name}`
}

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
