import * as columns from './columns.pg.ts'
import type { Columns } from './columns.ts'
import { makeSchema } from './schema.ts'

/**
 * The tables of a PostgreSQL database. The one place where its words pass for SQLite's: both build the same queries
 * for all that `Db` offers.
 */
export const pgSchema = makeSchema(columns as unknown as Columns)

// drizzle-kit reads the tables from named exports.
export const {
  workspaces,
  keys,
  receipts,
  events,
  customers,
  identities,
  orders,
  enrolments,
  transitions,
  messages,
  suppressions,
  confirmations,
  journeys,
  coupons,
  webhooks,
  parked,
  consents,
  products,
  productPrices,
  orderLines,
  productInterests,
  productNews,
  recommendations,
  connections,
  deliveries,
  pulls,
  subscriptions,
  imports,
  productFeeds,
  audit,
  rulesVersions,
  jobs,
  segments,
  segmentMembers,
  templates,
  senders,
  sendingCounts,
  opens,
  reports,
  campaigns,
  recipients,
  onsiteMessages,
  images,
  imageFiles,
  pageCounts,
  milestones,
  eventCounts,
  leases,
  listings,
  listingWords,
  members,
  invitations,
  users,
  sessions,
  accounts,
  verifications,
} = pgSchema
