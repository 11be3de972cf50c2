import { isNotNull, sql, type SQLWrapper } from 'drizzle-orm'
import type { Order } from '@ciclo/engine'
import { makeAccessTables } from './accessTables.ts'
import { makeCatalogueTables } from './catalogueTables.ts'
import type { Columns } from './columns.ts'
import { makeConnectTables } from './connectTables.ts'
import { makeHomeTables } from './homeTables.ts'
import { makeImageTables } from './imageTables.ts'
import { makeInsightTables } from './insightTables.ts'
import { makeJourneyTables } from './journeyTables.ts'
import { makeListTables } from './listTables.ts'
import { makeMailTables } from './mailTables.ts'
import { makeOnsiteTables } from './onsiteTables.ts'
import { makePageCountTables } from './pageCountTables.ts'
import { makeOutboxTables } from './outboxTables.ts'

/** Clicks on mails, as the index of those says it: SQLite takes it in no other words. */
export const clickedLink = (name: SQLWrapper) => sql`${name} = 'Email Link Clicked'`

/** What else comes back of mails and stands in reports, in the words of its index. */
export const answeredMail = (name: SQLWrapper) =>
  sql`${name} in ('Email Bounced', 'Email Marked as Spam', 'Unsubscribed')`

/** What visitors do with the shop's messages on its pages, in the words of its index. */
export const aboutOnsite = (name: SQLWrapper) =>
  sql`${name} in ('On-site Message Shown', 'On-site Message Closed', 'On-site Message Clicked', 'Contest Entered', 'Survey Answered', 'Subscribed')`

/** Moves that are counted over all customers, in the words of their index. */
export const countedMove = (region: SQLWrapper) => sql`${region} in ('stage', 'permission')`

/** What is kept of customers, their events and mails, and of the installation. */
const makeCoreTables = ({ table, text, int, bool, time, json, primaryKey, index }: Columns) => ({
  workspaces: table('workspaces', {
    id: text().primaryKey(),
    name: text().notNull(),
    settings: json().$type<Record<string, unknown>>().notNull(),
    rulesVersion: int('rules_version').notNull(),
    createdAt: time('created_at').notNull(),
  }),

  keys: table(
    'keys',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      kind: text({ enum: ['write', 'secret'] }).notNull(),
      hash: text().notNull(),
      prefix: text().notNull(),
      createdAt: time('created_at').notNull(),
      revokedAt: time('revoked_at'),
    },
    (key) => [
      primaryKey({ columns: [key.workspaceId, key.id] }),
      // A request names only its key: this lookup is what finds the workspace.
      index('keys_hash').on(key.hash),
    ],
  ),

  receipts: table(
    'receipts',
    {
      workspaceId: text('workspace_id').notNull(),
      messageId: text('message_id').notNull(),
      receivedAt: time('received_at').notNull(),
    },
    (receipt) => [primaryKey({ columns: [receipt.workspaceId, receipt.messageId] })],
  ),

  // It is `receipts` that makes a message count once. This key is the one index: a customer's history in its order. A
  // second one by message id would cost each event another random page; and a partition by `at` needs `at` in the key.
  events: table(
    'events',
    {
      workspaceId: text('workspace_id').notNull(),
      messageId: text('message_id').notNull(),
      /** The customer as at arrival: a later merge leaves it, history reads all members. */
      customerId: text('customer_id').notNull(),
      type: text().notNull(),
      name: text(),
      at: time().notNull(),
      receivedAt: time('received_at').notNull(),
      source: text({ enum: ['secret', 'public', 'own', 'import'] }).notNull(),
      body: json().notNull(),
    },
    (event) => [
      primaryKey({ columns: [event.workspaceId, event.customerId, event.at, event.messageId] }),
      // Few events are clicks on mails: all others never enter it.
      index('events_clicks').on(event.workspaceId, event.at).where(clickedLink(event.name)),
      index('events_answers').on(event.workspaceId, event.at).where(answeredMail(event.name)),
      index('events_onsite').on(event.workspaceId, event.at).where(aboutOnsite(event.name)),
    ],
  ),

  customers: table(
    'customers',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      mergedInto: text('merged_into'),
      email: text(),
      userId: text('user_id'),
      claimedEmail: text('claimed_email'),
      claimedUserId: text('claimed_user_id'),
      stage: text().notNull(),
      value: text().notNull(),
      engagement: text().notNull(),
      permission: text().notNull(),
      advocacy: text().notNull(),
      orderCount: int('order_count').notNull().default(0),
      firstOrderAt: time('first_order_at'),
      lastOrderAt: time('last_order_at'),
      /** The earliest of the timers in `state`. */
      wakeAt: time('wake_at'),
      /** Why nothing more is fed to this customer, as when its state cannot be restored. */
      parked: text(),
      state: json().notNull(),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (customer) => [
      primaryKey({ columns: [customer.workspaceId, customer.id] }),
      index('customers_workspace_wake').on(customer.workspaceId, customer.wakeAt),
      // The wake loop serves every workspace of the installation.
      index('customers_wake').on(customer.wakeAt),
      index('customers_merged_into').on(customer.workspaceId, customer.mergedInto),
      index('customers_email').on(customer.workspaceId, customer.email),
      index('customers_user_id').on(customer.workspaceId, customer.userId),
      index('customers_claimed_email').on(customer.workspaceId, customer.claimedEmail),
      index('customers_claimed_user_id').on(customer.workspaceId, customer.claimedUserId),
      // Counting them reads no row of the table.
      index('customers_stage').on(
        customer.workspaceId,
        customer.stage,
        customer.permission,
        customer.mergedInto,
      ),
      index('customers_parked').on(customer.workspaceId, customer.id).where(isNotNull(customer.parked)),
    ],
  ),

  identities: table(
    'identities',
    {
      workspaceId: text('workspace_id').notNull(),
      kind: text({ enum: ['anonymousId', 'userId', 'email'] }).notNull(),
      value: text().notNull(),
      customerId: text('customer_id').notNull(),
      createdAt: time('created_at').notNull(),
    },
    (identity) => [
      primaryKey({ columns: [identity.workspaceId, identity.kind, identity.value] }),
      index('identities_customer').on(identity.workspaceId, identity.customerId),
    ],
  ),

  orders: table(
    'orders',
    {
      workspaceId: text('workspace_id').notNull(),
      customerId: text('customer_id').notNull(),
      id: text().notNull(),
      at: time().notNull(),
      currency: text().notNull(),
      total: int().notNull(),
      refunded: int().notNull().default(0),
      cancelled: bool().notNull().default(false),
      trusted: bool().notNull(),
      /** False where so far only a refund or a cancellation is known of it: no order yet. */
      told: bool().notNull().default(true),
      discount: int(),
      coupon: text(),
      /** Every refund by its id, before they are capped by the total; null where there is none. */
      refunds: json().$type<Order['refunds']>(),
    },
    (order) => [
      primaryKey({ columns: [order.workspaceId, order.customerId, order.id] }),
      index('orders_at').on(order.workspaceId, order.at),
    ],
  ),

  enrolments: table(
    'enrolments',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      customerId: text('customer_id').notNull(),
      journeyId: text('journey_id').notNull(),
      version: int().notNull(),
      status: text({ enum: ['running', 'ended'] }).notNull(),
      endReason: text('end_reason'),
      snapshot: json().notNull(),
      timers: json(),
      causeId: text('cause_id').notNull(),
      /** The cart, checkout or order that the run is about. */
      key: text(),
      /** The step that it stands at, or its last one. */
      step: text(),
      startedAt: time('started_at').notNull(),
      endedAt: time('ended_at'),
      goalAt: time('goal_at'),
      /** Since when it waits for its paused journey: its timer was due then. */
      heldSince: time('held_since'),
    },
    (enrolment) => [
      primaryKey({ columns: [enrolment.workspaceId, enrolment.id] }),
      index('enrolments_customer').on(enrolment.workspaceId, enrolment.customerId, enrolment.status),
      index('enrolments_journey').on(
        enrolment.workspaceId,
        enrolment.journeyId,
        enrolment.status,
        enrolment.startedAt,
        enrolment.id,
      ),
    ],
  ),

  transitions: table(
    'transitions',
    {
      workspaceId: text('workspace_id').notNull(),
      customerId: text('customer_id').notNull(),
      /** 0, 1, 2 ... in the order in which they happened to this customer. */
      position: int().notNull(),
      at: time().notNull(),
      region: text().notNull(),
      from: text().notNull(),
      to: text().notNull(),
      reason: json().notNull(),
      rebuilt: bool().notNull().default(false),
    },
    (transition) => [
      primaryKey({ columns: [transition.workspaceId, transition.customerId, transition.position] }),
      // All that counting them over everybody asks for: it reads no row of the table.
      index('transitions_moves')
        .on(
          transition.workspaceId,
          transition.region,
          transition.at,
          transition.from,
          transition.to,
          transition.customerId,
        )
        .where(countedMove(transition.region)),
      // How many came into segments and left them lately: `countMoves` asks for it word by word.
      index('transitions_segments')
        .on(transition.workspaceId, transition.at, transition.region, transition.to)
        .where(sql`${transition.region} like 'segment:%'`),
    ],
  ),

  parked: table(
    'parked',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      customerId: text('customer_id'),
      error: text().notNull(),
      input: json().notNull(),
      at: time().notNull(),
    },
    (input) => [
      primaryKey({ columns: [input.workspaceId, input.id] }),
      index('parked_at').on(input.workspaceId, input.at),
    ],
  ),

  /** Every change of what a customer consents to, in the order of arrival: added to, never changed. */
  consents: table(
    'consents',
    {
      workspaceId: text('workspace_id').notNull(),
      /** The id of the event that says so, and the purpose. */
      id: text().notNull(),
      customerId: text('customer_id').notNull(),
      purpose: text({ enum: ['marketing-email', 'tracking'] }).notNull(),
      /** The one topic of marketing mail that it is about; null: all of it. */
      topic: text(),
      status: text({ enum: ['asked', 'granted', 'refused'] }).notNull(),
      basis: text({ enum: ['consent', 'existing-customer', 'opt-out-regime'] }),
      /** ISO 3166-1 alpha-2, where it is known: it decides which bases the law allows. */
      country: text(),
      /** What the person read when agreeing, and its version. */
      wording: text(),
      wordingVersion: text('wording_version'),
      /** How it came about: a form, a link in a mail, the shop's server. */
      method: text(),
      source: text({ enum: ['secret', 'public', 'own', 'import'] }).notNull(),
      /** The network that the request came from, without the part that names one connection. */
      network: text(),
      /** When it happened, and when it was recorded. */
      at: time().notNull(),
      recordedAt: time('recorded_at').notNull(),
    },
    (consent) => [
      primaryKey({ columns: [consent.workspaceId, consent.id] }),
      index('consents_customer').on(consent.workspaceId, consent.customerId, consent.recordedAt),
    ],
  ),

  /** Who did what to whose data: exports, erasures, parked inputs tried again or dropped. */
  audit: table(
    'audit',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      at: time().notNull(),
      /** The key, person or command that did it. */
      actor: text().notNull(),
      action: text().notNull(),
      subject: text(),
      details: json().$type<Record<string, unknown>>().notNull(),
    },
    (entry) => [
      primaryKey({ columns: [entry.workspaceId, entry.id] }),
      index('audit_at').on(entry.workspaceId, entry.at),
    ],
  ),

  /** When something first happened in a workspace that its set-up guide asks for, or was put off. */
  milestones: table(
    'milestones',
    {
      workspaceId: text('workspace_id').notNull(),
      name: text().notNull(),
      at: time().notNull(),
    },
    (milestone) => [primaryKey({ columns: [milestone.workspaceId, milestone.name] })],
  ),

  // No workspaceId: a lease says which process runs a loop, and a loop serves every workspace of the installation.
  leases: table('leases', {
    name: text().primaryKey(),
    holder: text().notNull(),
    until: time().notNull(),
    fence: int().notNull(),
  }),
})

/**
 * The tables, written once in the words of either dialect.
 *
 * Every primary key and unique index starts with `workspaceId` (a workspace's own is its id), so that all tables
 * can be distributed by it. Ids are text, times are epoch milliseconds, money is integer minor units.
 */
export const makeSchema = (columns: Columns) => ({
  ...makeCoreTables(columns),
  ...makeCatalogueTables(columns),
  ...makeConnectTables(columns),
  ...makeHomeTables(columns),
  ...makeImageTables(columns),
  ...makeInsightTables(columns),
  ...makeJourneyTables(columns),
  ...makeOutboxTables(columns),
  ...makeMailTables(columns),
  ...makeListTables(columns),
  ...makeOnsiteTables(columns),
  ...makePageCountTables(columns),
  ...makeAccessTables(columns),
})

export type Schema = ReturnType<typeof makeSchema>
