import { EVENT_NAMES, type EventInput } from '@ciclo/engine'
import { and, asc, eq, gte } from 'drizzle-orm'
import { toInput } from './events.ts'
import type { ReadTx } from '../store.ts'

/** What comes back of mails. */
const NAMES = [
  EVENT_NAMES.emailOpened,
  EVENT_NAMES.emailLinkClicked,
  EVENT_NAMES.emailBounced,
  EVENT_NAMES.emailMarkedAsSpam,
  EVENT_NAMES.unsubscribed,
  EVENT_NAMES.subscribed,
  EVENT_NAMES.subscriptionConfirmed,
  EVENT_NAMES.surveyAnswered,
]

/** What has happened by a message, in its order: the first `limit`. */
export async function eventsOfMessage(
  tx: ReadTx,
  workspaceId: string,
  { id, since, members, limit }: { id: string; since: number; members: readonly string[]; limit: number },
): Promise<EventInput[]> {
  const { events } = tx.tables
  const rows = await tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, members),
        gte(events.at, since),
        tx.dialect.isOneOf(events.name, NAMES),
        eq(events.source, 'own'),
        eq(tx.dialect.jsonText(events.body, ['properties', 'message']), id),
      ),
    )
    .orderBy(asc(events.at), asc(events.messageId))
    .limit(limit)
  return rows.map(toInput)
}

/** One event of a customer by its id. */
export async function findEvent(
  tx: ReadTx,
  workspaceId: string,
  { members, id }: { members: readonly string[]; id: string },
): Promise<EventInput | undefined> {
  const { events } = tx.tables
  const [row] = await tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, members),
        eq(events.messageId, id),
      ),
    )
    .limit(1)
  return row && toInput(row)
}
