import { isNotNull } from 'drizzle-orm'
import type { Columns } from './columns.ts'

/** The tables of what connects a shop with others: its system, its files, and who is told of what. A part of `makeSchema`. */
export const makeConnectTables = ({ table, text, int, bool, time, json, primaryKey, index }: Columns) => ({
  /** Shop systems whose webhooks are taken in and whose past is pulled. */
  connections: table(
    'connections',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      platform: text().notNull(),
      name: text().notNull(),
      /** Where the shop's API is: an origin. */
      address: text(),
      /** What signs its webhooks and opens its API, sealed. */
      credentials: text().notNull(),
      /** Whether what it sends is taken in. */
      active: bool().notNull(),
      /** When it was last heard of, and what was wrong the last time that something was. */
      heardAt: time('heard_at'),
      problem: text(),
      problemAt: time('problem_at'),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (connection) => [primaryKey({ columns: [connection.workspaceId, connection.id] })],
  ),

  /** What came from shop systems, without what it said, for those who look why something is missing: 30 days of it. */
  deliveries: table(
    'deliveries',
    {
      workspaceId: text('workspace_id').notNull(),
      connectionId: text('connection_id').notNull(),
      id: text().notNull(),
      topic: text().notNull(),
      /** `taken`: its events are stored; `ignored`: it says nothing that counts; `refused`: it is not what it should be. */
      state: text({ enum: ['taken', 'ignored', 'refused'] }).notNull(),
      reason: text(),
      events: int().notNull(),
      products: int().notNull(),
      receivedAt: time('received_at').notNull(),
    },
    (delivery) => [
      primaryKey({ columns: [delivery.workspaceId, delivery.connectionId, delivery.id] }),
      index('deliveries_received').on(delivery.workspaceId, delivery.connectionId, delivery.receivedAt),
      index('deliveries_old').on(delivery.receivedAt),
    ],
  ),

  /** The past of a shop that is fetched from its system: how far each kind of thing has come. */
  pulls: table(
    'pulls',
    {
      workspaceId: text('workspace_id').notNull(),
      connectionId: text('connection_id').notNull(),
      /** Such as `orders`. */
      resource: text().notNull(),
      state: text({ enum: ['waiting', 'running', 'done', 'failed', 'stopped'] }).notNull(),
      /** Where the next page begins; null: at the beginning. */
      cursor: text(),
      /** What the system says there is; null where it does not. */
      total: int(),
      read: int().notNull(),
      applied: int().notNull(),
      refused: int().notNull(),
      /** Why the first few could not be read, and what the system answered last. */
      problems: json().$type<readonly string[]>().notNull(),
      /** Only what has changed since. */
      since: time(),
      startedAt: time('started_at').notNull(),
      updatedAt: time('updated_at').notNull(),
      endedAt: time('ended_at'),
    },
    (pull) => [primaryKey({ columns: [pull.workspaceId, pull.connectionId, pull.resource] })],
  ),

  /** The address at which a shop keeps a feed of its products, and what came of reading it last. */
  productFeeds: table(
    'product_feeds',
    {
      workspaceId: text('workspace_id').notNull(),
      url: text().notNull(),
      /** Of prices that name none: ISO 4217. */
      currency: text(),
      /** By which the shop's server knows what was read last, and what it was. */
      etag: text(),
      hash: text(),
      /** When it was asked for last, and when it had changed last. */
      readAt: time('read_at'),
      changedAt: time('changed_at'),
      /** Products of the last time that it had changed. */
      changed: int().notNull().default(0),
      unchanged: int().notNull().default(0),
      refused: int().notNull().default(0),
      /** Why the first few were refused. */
      problems: json().$type<readonly string[]>().notNull(),
      /** Why it could not be read the last time; null where it could. */
      problem: text(),
      createdAt: time('created_at').notNull(),
    },
    (feed) => [primaryKey({ columns: [feed.workspaceId] })],
  ),

  /** Who is told of which events. */
  subscriptions: table(
    'subscriptions',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      name: text().notNull(),
      url: text().notNull(),
      /** Names of events; empty: all. */
      events: json().$type<readonly string[]>().notNull(),
      /** How it is said: by Standard Webhooks, or in the words of a chat tool. */
      format: text().notNull(),
      /** What the format needs besides, and which of the events are told. */
      options: json().$type<Record<string, unknown>>().notNull(),
      /** What opens the receiver, sealed: a chat tool's address or its token; null where nothing does. */
      secret: text(),
      active: bool().notNull(),
      /** What was wrong the last time that something was, and since when nothing has gone right. */
      problem: text(),
      problemAt: time('problem_at'),
      failingSince: time('failing_since'),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (subscription) => [primaryKey({ columns: [subscription.workspaceId, subscription.id] })],
  ),

  /** Files from elsewhere that are being moved in, and how far each has come. */
  imports: table(
    'imports',
    {
      workspaceId: text('workspace_id').notNull(),
      /** Of the file's content and what it is read as: the same file is the same import. */
      id: text().notNull(),
      /** Such as `klaviyo-profiles`. */
      format: text().notNull(),
      file: text().notNull(),
      state: text({ enum: ['running', 'done', 'failed'] }).notNull(),
      /** Of the file, and how much of it is taken in to be gone on from, in bytes and rows. */
      size: int().notNull(),
      position: int().notNull(),
      rows: int().notNull(),
      counts: json().$type<Record<string, unknown>>().notNull(),
      startedAt: time('started_at').notNull(),
      updatedAt: time('updated_at').notNull(),
      endedAt: time('ended_at'),
    },
    (one) => [
      primaryKey({ columns: [one.workspaceId, one.id] }),
      index('imports_ended').on(one.workspaceId, one.endedAt).where(isNotNull(one.endedAt)),
    ],
  ),
})
