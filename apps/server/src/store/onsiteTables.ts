import type { Columns } from './columns.ts'

/** The table of what the tracker shows on the shop's pages. A part of `makeSchema`. */
export const makeOnsiteTables = ({ table, text, time, json, primaryKey }: Columns) => ({
  onsiteMessages: table(
    'onsite_messages',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      definition: json().$type<Record<string, unknown>>().notNull(),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (message) => [primaryKey({ columns: [message.workspaceId, message.id] })],
  ),
})
