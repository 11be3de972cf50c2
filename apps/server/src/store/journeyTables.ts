import { isNotNull } from 'drizzle-orm'
import type { Columns } from './columns.ts'

/** The tables of journeys and of what their steps give and tell to others. A part of `makeSchema`. */
export const makeJourneyTables = ({
  table,
  text,
  int,
  time,
  json,
  primaryKey,
  index,
  uniqueIndex,
}: Columns) => ({
  /**
   * Every version of every journey. A `draft` is changed in place; what was published never is. At most one version of
   * a journey is `live` or `paused`.
   */
  journeys: table(
    'journeys',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      version: int().notNull(),
      status: text({ enum: ['draft', 'published', 'live', 'paused', 'archived'] }).notNull(),
      definition: json().notNull(),
      /** SHA-256 of the definition in a canonical form: the same journey has the same one, wherever it was written. */
      hash: text(),
      createdAt: time('created_at').notNull(),
      publishedAt: time('published_at'),
      /** What is to be done when the version goes live: to whom of those already there it is opened, and how fast. */
      opening: json().$type<Record<string, unknown>>(),
      /** What becomes of its runs, where somebody has asked and it is not done yet; null: they stay, and go on. */
      runsTo: json('runs_to').$type<Record<string, unknown>>(),
    },
    (journey) => [primaryKey({ columns: [journey.workspaceId, journey.id, journey.version] })],
  ),

  /** Unique codes that were imported: each goes to one run only, and stays with it. */
  coupons: table(
    'coupons',
    {
      workspaceId: text('workspace_id').notNull(),
      pool: text().notNull(),
      code: text().notNull(),
      /** The run, step and visit that it was given to; null while nobody has it. */
      claim: text(),
      customerId: text('customer_id'),
      createdAt: time('created_at').notNull(),
      /** Its place in the list that it was imported with. */
      position: int().notNull(),
      takenAt: time('taken_at'),
    },
    (coupon) => [
      // Without the pool: nobody gets a code that somebody else has from another one.
      primaryKey({ columns: [coupon.workspaceId, coupon.code] }),
      index('coupons_pool').on(coupon.workspaceId, coupon.pool, coupon.code),
      uniqueIndex('coupons_claim').on(coupon.workspaceId, coupon.claim),
      index('coupons_free').on(
        coupon.workspaceId,
        coupon.pool,
        coupon.takenAt,
        coupon.createdAt,
        coupon.position,
      ),
      index('coupons_customer').on(coupon.workspaceId, coupon.customerId),
    ],
  ),

  /** What other servers are to be told, until they have taken it. */
  webhooks: table(
    'webhooks',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      customerId: text('customer_id').notNull(),
      enrolmentId: text('enrolment_id'),
      journeyId: text('journey_id'),
      stepId: text('step_id'),
      /** Whoever asked to be told, and of what: of what is not a journey's. */
      subscriptionId: text('subscription_id'),
      event: text(),
      url: text().notNull(),
      body: json().notNull(),
      state: text({ enum: ['queued', 'sending', 'delivered', 'refused', 'dead'] }).notNull(),
      /** What the last attempt came to, for people. */
      reason: text(),
      status: int(),
      attempts: int().notNull().default(0),
      createdAt: time('created_at').notNull(),
      dueAt: time('due_at').notNull(),
      endedAt: time('ended_at'),
      leaseUntil: time('lease_until'),
      fence: int().notNull().default(0),
    },
    (webhook) => [
      primaryKey({ columns: [webhook.workspaceId, webhook.id] }),
      index('webhooks_due').on(webhook.state, webhook.dueAt),
      index('webhooks_created').on(webhook.workspaceId, webhook.createdAt, webhook.id),
      index('webhooks_state').on(webhook.workspaceId, webhook.state, webhook.createdAt, webhook.id),
      index('webhooks_customer').on(webhook.workspaceId, webhook.customerId),
      index('webhooks_subscription')
        .on(webhook.workspaceId, webhook.subscriptionId, webhook.state, webhook.createdAt, webhook.id)
        .where(isNotNull(webhook.subscriptionId)),
      index('webhooks_event')
        .on(webhook.workspaceId, webhook.event, webhook.state, webhook.createdAt, webhook.id)
        .where(isNotNull(webhook.event)),
    ],
  ),
})
