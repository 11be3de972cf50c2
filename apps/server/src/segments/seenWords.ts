import type { EventInput } from '@ciclo/engine'
import { countEventKinds, latestEventBodies, newestCustomers } from '../store/queries/seenEvents.ts'
import type { ReadTx } from '../store/store.ts'
import { createSeenValues, type SeenValue } from './seenValues.ts'

/** A kind of event, as rules name it. */
export interface SeenEvent {
  type: EventInput['event']['type']
  name: string | null
}

/** What the newest customers have and did. Each list has what is most frequent first. */
export interface SeenWords {
  events: SeenEvent[]
  traits: SeenValue[]
  languages: string[]
  countries: string[]
  currencies: string[]
}

/** However many customers and events there are, no more are looked at. */
const CUSTOMERS = 500
const EVENTS = 300
const MOST_EVENTS = 300

function byFrequency(words: Iterable<string>): string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([word]) => word)
}

/** The events, traits, languages, countries and currencies of the newest customers. Off the event loop. */
export async function readSeenNames(tx: ReadTx, workspaceId: string): Promise<SeenWords> {
  const rows = await newestCustomers(tx, workspaceId, CUSTOMERS)
  const known = rows.map(({ customer }) => customer)
  const traits = createSeenValues()
  for (const customer of known) traits.add(customer.traits)
  const ids = known.map(({ id }) => id)
  const told = await countEventKinds(tx, workspaceId, ids)
  return {
    events: told
      .toSorted((one, other) => other.times - one.times)
      .slice(0, MOST_EVENTS)
      .map(({ type, name }) => ({ type: type as SeenEvent['type'], name })),
    traits: traits.list(),
    languages: byFrequency(known.flatMap(({ locale }) => locale?.value ?? [])),
    countries: byFrequency(known.flatMap(({ country }) => country?.code ?? [])),
    currencies: byFrequency(known.flatMap(({ figures }) => Object.keys(figures.revenue))),
  }
}

/** What the latest events of one kind bring along, among those of the newest customers. Off the event loop. */
export async function readSeenProperties(
  tx: ReadTx,
  workspaceId: string,
  { type, name }: SeenEvent,
): Promise<SeenValue[]> {
  const ids = (await newestCustomers(tx, workspaceId, CUSTOMERS)).map(({ customer }) => customer.id)
  const rows = await latestEventBodies(tx, workspaceId, ids, { type, name, limit: EVENTS })
  const seen = createSeenValues()
  for (const { body } of rows) {
    const { properties, traits } = body as EventInput['event']
    // As rules look for them.
    seen.add(type === 'identify' || type === 'group' ? traits : properties)
  }
  return seen.list()
}
