import type { Columns } from './columns.ts'

/** The table of what comes in, by the hour: what is silent is seen by it. A part of `makeSchema`. */
export const makeHomeTables = ({ table, text, int, time, primaryKey }: Columns) => ({
  /** How many events came in within an hour, and when the last of them did. Kept for a month. */
  eventCounts: table(
    'event_counts',
    {
      workspaceId: text('workspace_id').notNull(),
      source: text({ enum: ['secret', 'public', 'import'] }).notNull(),
      /** The beginning of the hour. */
      hour: time().notNull(),
      events: int().notNull(),
      lastAt: time('last_at').notNull(),
    },
    (row) => [primaryKey({ columns: [row.workspaceId, row.source, row.hour] })],
  ),
})
