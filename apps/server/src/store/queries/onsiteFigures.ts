import { EVENT_NAMES } from '@ciclo/engine'
import { and, avg, count, eq, gte, or } from 'drizzle-orm'
import { aboutOnsite } from '../schema.ts'
import type { ReadTx } from '../store.ts'

export interface OnsiteWanted {
  workspaceId: string
  /** Of the message. */
  id: string
  /** Epoch milliseconds: what happened since. */
  since: number
}

/** Under what the events of each name say which message they are about. */
const NAMED_BY: readonly (readonly [name: string, property: string])[] = [
  [EVENT_NAMES.onsiteShown, 'message'],
  [EVENT_NAMES.onsiteClosed, 'message'],
  [EVENT_NAMES.onsiteClicked, 'message'],
  [EVENT_NAMES.contestEntered, 'contest'],
  [EVENT_NAMES.surveyAnswered, 'survey'],
  [EVENT_NAMES.subscribed, 'form'],
]

/** How often each of its events has happened, and the mean of the scores. */
export async function countOnsiteEvents(
  tx: ReadTx,
  { workspaceId, id, since }: OnsiteWanted,
): Promise<{ name: string | null; times: number; score: number | null }[]> {
  const { events } = tx.tables
  return await tx
    .select({
      name: events.name,
      times: count(),
      score: avg(tx.dialect.jsonNumber(events.body, ['properties', 'score'])).mapWith(Number),
    })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.type, 'track'),
        // Few events are any of them: they have an index of their own.
        aboutOnsite(events.name),
        gte(events.at, since),
        or(
          ...NAMED_BY.map(([name, property]) =>
            and(eq(events.name, name), eq(tx.dialect.jsonText(events.body, ['properties', property]), id)),
          ),
        ),
      ),
    )
    .groupBy(events.name)
}
