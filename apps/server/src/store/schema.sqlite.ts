import * as columns from './columns.sqlite.ts'
import { makeSchema } from './schema.ts'

/** The tables of a SQLite database. */
export const sqliteSchema = makeSchema(columns)

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
  leases,
} = sqliteSchema
