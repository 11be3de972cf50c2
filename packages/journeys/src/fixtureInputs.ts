import { ownEvent, type Event, type EventInput, type Source } from '@ciclo/engine'
import type { FixtureCase } from './fixtureSchema.ts'
import { readFixtureTime, type FixtureClock } from './fixtureTime.ts'

const BROWSER = 'fixture-browser'

/** The instant of a time that the schema has found to be one. */
export function instantOf(text: string, clock: FixtureClock): number {
  const instant = readFixtureTime(text, clock)
  if (instant === undefined) throw new RangeError(`given '${text}', expected a time`)
  return instant
}

const input = (
  id: string,
  at: number,
  source: Source,
  event: Partial<Event> & Pick<Event, 'type'>,
): EventInput => ({
  kind: 'event',
  id,
  at,
  receivedAt: at,
  source,
  event: { properties: {}, traits: {}, context: {}, ...event },
})

/** Events of one instant come in the order in which they are written: by their ids. */
const idAt = (position: number) => `event-${String(position).padStart(6, '0')}`

/** What the shop knew of the customer before it all began, told by its server. */
function known({ customer }: FixtureCase, at: number): EventInput[] {
  const { email, userId, locale, timeZone, traits, permission } = customer
  const told = {
    ...traits,
    ...(email === undefined ? {} : { email }),
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timezone: timeZone }),
  }
  const inputs: EventInput[] = []
  if (Object.keys(told).length > 0 || userId !== undefined) {
    const identity = userId === undefined ? {} : { userId }
    inputs.push(input('before-1', at, 'secret', { type: 'identify', traits: told, ...identity }))
  }
  if (permission !== 'none') {
    const name = permission === 'subscribed' ? 'Subscribed' : 'Unsubscribed'
    inputs.push(input('before-2', at, 'secret', { type: 'track', name }))
  }
  return inputs
}

function happened(event: FixtureCase['events'][number], position: number, clock: FixtureClock): EventInput {
  const { type, name, properties, traits, context } = event
  const at = instantOf(event.at, clock)
  const isVisit = type === 'page' || type === 'screen'
  const source = event.source ?? (isVisit ? 'public' : 'secret')
  if (source === 'own')
    return ownEvent(idAt(position), at, name ?? '', properties, type === 'identify' ? traits : undefined)
  return input(idAt(position), at, source, {
    type,
    properties,
    traits,
    context,
    ...(name === undefined ? {} : { name }),
    ...(source === 'public' ? { anonymousId: BROWSER } : {}),
  })
}

/** All that happens to the customer of a case. */
export function fixtureInputs(one: FixtureCase, clock: FixtureClock): EventInput[] {
  const events = one.events.map((event, position) => happened(event, position, clock))
  const since = Math.min(instantOf(one.customer.since, clock), ...events.map(({ at }) => at))
  return [...known(one, since), ...events]
}
