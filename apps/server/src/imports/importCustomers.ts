import { createHash } from 'node:crypto'
import { canonicalJson, type EventInput, OWN_ID_PREFIX } from '@ciclo/engine'
import type { IngestItem } from '../ingest/ingestItem.ts'
import type { ImportedCustomer } from './readCustomer.ts'

/** What a row says, in few characters: the same row twice is the same events once. */
const fingerprintOf = (customer: ImportedCustomer) =>
  createHash('sha256').update(canonicalJson(customer)).digest('base64url').slice(0, 22)

/**
 * The events of an imported customer: who it is, and where the file says it, whether marketing may be sent. They are of
 * the import, so that nothing is mailed for them; a yes takes back no unsubscription that Ciclo knows of.
 *
 * @param how which system it comes from, and the network that a yes came from: kept as proof
 */
export function customerItems(
  workspaceId: string,
  customer: ImportedCustomer,
  receivedAt: number,
  { method = 'import', network }: { method?: string; network?: string | undefined } = {},
): IngestItem[] {
  const { email, userId, traits, createdAt, subscribed, subscribedAt } = customer
  const print = fingerprintOf(customer)
  const item = (
    name: string,
    at: number | undefined,
    event: Pick<EventInput['event'], 'type'> & Partial<EventInput['event']>,
  ): IngestItem => ({
    workspaceId,
    input: {
      kind: 'event',
      id: `${OWN_ID_PREFIX}import/customer/${print}/${name}`,
      at: Math.min(at ?? receivedAt, receivedAt),
      receivedAt,
      source: 'import',
      event: {
        properties: {},
        traits: email === undefined ? {} : { email },
        context: {},
        ...(userId === undefined ? {} : { userId }),
        ...event,
      },
    },
  })
  const who = item('who', createdAt, {
    type: 'identify',
    traits: { ...traits, ...(email === undefined ? {} : { email }) },
  })
  if (subscribed === undefined) return [who]
  const said = { type: 'track' as const, name: subscribed ? 'Subscribed' : 'Unsubscribed' }
  const properties = { ...(email === undefined ? {} : { email }), method }
  const proof = network === undefined ? {} : { network }
  return [who, item('permission', subscribedAt ?? createdAt, { ...said, properties, ...proof })]
}
