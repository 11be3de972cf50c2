import type { EventInput, Source } from '@ciclo/engine'
import { cleanJson } from '../ingest/cleanJson.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem } from '../ingest/ingestItem.ts'
import type { Mapped, PlatformEvent } from '../platforms/platform.ts'

/** What a payload has come to in the store. */
export interface Taken {
  /** Events that are stored now, and those that were there already. */
  applied: number
  duplicate: number
}

/** An event of a shop's system on its way into ingest. Its system's clock may be ahead of ours. */
function itemOf(
  workspaceId: string,
  { id, at, type, name, userId, anonymousId, properties, traits }: PlatformEvent,
  source: Extract<Source, 'secret' | 'import'>,
  receivedAt: number,
): IngestItem {
  const input: EventInput = {
    kind: 'event',
    id,
    at: Math.min(at, receivedAt),
    receivedAt,
    source,
    event: {
      type,
      ...(name === undefined ? {} : { name }),
      ...(userId === undefined ? {} : { userId }),
      ...(anonymousId === undefined ? {} : { anonymousId }),
      properties,
      traits,
      context: {},
    },
  }
  const clean = cleanJson(input)
  return { workspaceId, input: clean.ok ? (clean.value as EventInput) : input }
}

/**
 * Takes over the events of a payload. `secret`: they happen now, and a verified webhook is proof of the address that it
 * names; `import`: they are the past, for which nothing is mailed.
 */
export async function takeEvents(
  ingest: Pick<Ingest, 'submit'>,
  workspaceId: string,
  { events }: Pick<Mapped, 'events'>,
  source: 'secret' | 'import',
  receivedAt: number,
): Promise<Taken> {
  const verdicts = await ingest.submit(events.map((event) => itemOf(workspaceId, event, source, receivedAt)))
  const duplicate = verdicts.filter((verdict) => verdict === 'duplicate').length
  return { applied: verdicts.length - duplicate, duplicate }
}
