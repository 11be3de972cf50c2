import { OWN_ID_PREFIX, type Event } from '@ciclo/engine'
import { iso } from '../routes/iso.ts'
import { pageOfRows, readNamed, type ExportedRow } from '../store/queries/exportedRows.ts'
import type { ReadTx } from '../store/store.ts'
import type { Exporter } from './exported.ts'

/** An event may be of 32 KB. */
const AT_ONCE = 200

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

const isNamed = ({ userId, anonymousId, previousId }: Event) =>
  userId !== undefined || anonymousId !== undefined || previousId !== undefined

const namedAs = (type: Event['type'], name: string): { event?: string; name?: string } =>
  type === 'track' ? { event: name } : { name }

const filled = (bag: Readonly<Record<string, unknown>>) => Object.keys(bag).length > 0

async function page(tx: ReadTx, workspaceId: string, after: ExportedRow<'events'> | undefined) {
  const rows = await pageOfRows(tx, workspaceId, 'events', after, AT_ONCE)
  const named = await readNamed(
    tx,
    workspaceId,
    rows.map(({ customerId }) => customerId),
  )
  const lines = rows.map((row) => {
    const event = row.body as Event
    const { type, name, userId, anonymousId, previousId, groupId, properties, traits, context } = event
    const who = named.get(row.customerId)
    // What Ciclo itself has seen names nobody: it is its customer's.
    const own = row.source === 'own' && !isNamed(event)
    const nameless = who?.userId ? { userId: who.userId } : { anonymousId: who?.id ?? row.customerId }
    return {
      type,
      // Ids of Ciclo's own kind are nobody else's to send.
      messageId: row.messageId.startsWith(OWN_ID_PREFIX)
        ? `own-${row.messageId.slice(OWN_ID_PREFIX.length)}`
        : row.messageId,
      timestamp: iso(row.at),
      ...(name === undefined ? {} : namedAs(type, name)),
      ...(userId === undefined ? {} : { userId }),
      ...(anonymousId === undefined ? {} : { anonymousId }),
      ...(previousId === undefined ? {} : { previousId }),
      ...(groupId === undefined ? {} : { groupId }),
      ...(own ? nameless : {}),
      ...(filled(properties) ? { properties } : {}),
      ...(filled(traits) ? { traits } : {}),
      ...(filled(context) ? { context } : {}),
      /** What no other program asks for: whose it is here, and whose word. */
      _ciclo: {
        customerId: who?.id ?? row.customerId,
        email: who?.email ?? null,
        source: row.source,
        receivedAt: iso(row.receivedAt),
      },
    }
  })
  return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
}

/** Events in the form of Segment's calls (https://segment.com/docs/connections/spec/), customer after customer. */
export const exportEvents: Exporter<Line, ExportedRow<'events'>> = {
  page,
  columns: [
    ['message_id', ({ messageId }) => messageId],
    ['customer_id', ({ _ciclo }) => _ciclo.customerId],
    ['email', ({ _ciclo }) => _ciclo.email],
    ['user_id', ({ userId }) => userId],
    ['anonymous_id', ({ anonymousId }) => anonymousId],
    ['type', ({ type }) => type],
    ['event', ({ event, name }) => event ?? name],
    ['timestamp', ({ timestamp }) => timestamp],
    ['received_at', ({ _ciclo }) => _ciclo.receivedAt],
    ['source', ({ _ciclo }) => _ciclo.source],
    ['properties', ({ properties }) => properties],
    ['traits', ({ traits }) => traits],
    ['context', ({ context }) => context],
  ],
}
