import type { Columns } from './columns.ts'

/** The table of pages that were seen by visitors who have not agreed to more. A part of `makeSchema`. */
export const makePageCountTables = ({ table, text, int, primaryKey }: Columns) => ({
  /** How often a page was seen on a day, and from where: nothing tells one visitor from another. */
  pageCounts: table(
    'page_counts',
    {
      workspaceId: text('workspace_id').notNull(),
      /** In UTC: 2026-11-23. */
      day: text().notNull(),
      path: text().notNull(),
      /** The host of the page before; empty where there is none, or it was the shop's own. */
      referrer: text().notNull(),
      /** `utm_source` and `utm_campaign`, with a slash between; empty where there is neither. */
      campaign: text().notNull(),
      views: int().notNull(),
    },
    (row) => [primaryKey({ columns: [row.workspaceId, row.day, row.path, row.referrer, row.campaign] })],
  ),
})
