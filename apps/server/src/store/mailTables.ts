import type { Columns } from './columns.ts'

/** The tables of templates, of who sends and how much, and of campaigns. A part of `makeSchema`. */
export const makeMailTables = ({ table, text, int, time, json, primaryKey, index }: Columns) => ({
  /**
   * Every version of every template that the workspace has made its own. A `draft` is changed in place, the newest
   * `published` version is what mails are made of, and takes the place of the shipped template of its name.
   */
  templates: table(
    'templates',
    {
      workspaceId: text('workspace_id').notNull(),
      name: text().notNull(),
      version: int().notNull(),
      status: text({ enum: ['draft', 'published'] }).notNull(),
      source: json().$type<Record<string, unknown>>().notNull(),
      /** SHA-256 of the source in a canonical form. */
      hash: text().notNull(),
      createdAt: time('created_at').notNull(),
      publishedAt: time('published_at'),
    },
    (template) => [primaryKey({ columns: [template.workspaceId, template.name, template.version] })],
  ),

  /** Who mails come from, and by which server they go. What is secret of it is sealed with the installation's secret. */
  senders: table(
    'senders',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      /** Its stream: what is sold and what is owed never share a reputation. */
      purpose: text({ enum: ['marketing', 'transactional'] }).notNull(),
      /** At most one of a purpose is `live`; a `stopped` one keeps its mails until somebody lets it go on. */
      status: text({ enum: ['draft', 'live', 'stopped'] }).notNull(),
      fromName: text('from_name').notNull(),
      fromAddress: text('from_address').notNull(),
      replyTo: text('reply_to'),
      /** A nodemailer URL, sealed; null: the installation's own server. */
      smtp: text(),
      /** `{ domain, selector }`, and the private key in PEM, sealed; null: the server signs. */
      dkim: json().$type<{ domain: string; selector: string }>(),
      dkimKey: text('dkim_key'),
      /** The domain of envelope senders, to which mail comes back: `b+<token>@bounceDomain`; null: the from address. */
      bounceDomain: text('bounce_domain'),
      /** How much it may send: `{ warmUp: { startedAt, perDay }, perHour: { "gmail.com": 500 } }`. */
      limits: json().$type<Record<string, unknown>>().notNull(),
      /** Why it was stopped, for people, and since when. */
      reason: text(),
      stoppedAt: time('stopped_at'),
      /** What was looked up last, and what was seen. */
      check: json().$type<Record<string, unknown>>(),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (sender) => [primaryKey({ columns: [sender.workspaceId, sender.id] })],
  ),

  /** What a stream has sent to a mailbox provider in an hour, and what came of it: limits and reputation go by it. */
  sendingCounts: table(
    'sending_counts',
    {
      workspaceId: text('workspace_id').notNull(),
      /** The sender's id, or the purpose where the workspace has named no sender. */
      senderId: text('sender_id').notNull(),
      /** The beginning of the hour. */
      hour: time().notNull(),
      domain: text().notNull(),
      sent: int().notNull().default(0),
      deferred: int().notNull().default(0),
      bounced: int().notNull().default(0),
      blocked: int().notNull().default(0),
      complained: int().notNull().default(0),
    },
    (row) => [primaryKey({ columns: [row.workspaceId, row.senderId, row.hour, row.domain] })],
  ),

  /** The last time that a customer opened a mail, where no more than that is kept. */
  opens: table(
    'opens',
    {
      workspaceId: text('workspace_id').notNull(),
      customerId: text('customer_id').notNull(),
      at: time().notNull(),
    },
    (open) => [primaryKey({ columns: [open.workspaceId, open.customerId] })],
  ),

  campaigns: table(
    'campaigns',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      status: text({
        enum: ['draft', 'freezing', 'sending', 'paused', 'done', 'cancelled'],
      }).notNull(),
      definition: json().$type<Record<string, unknown>>().notNull(),
      /** When it is to begin. */
      startAt: time('start_at'),
      /** Since when nobody is added to the audience any more. */
      frozenAt: time('frozen_at'),
      endedAt: time('ended_at'),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (campaign) => [primaryKey({ columns: [campaign.workspaceId, campaign.id] })],
  ),

  /** The audience of a campaign as it was frozen: who gets which variant and when, and why somebody is skipped. */
  recipients: table(
    'recipients',
    {
      workspaceId: text('workspace_id').notNull(),
      campaignId: text('campaign_id').notNull(),
      customerId: text('customer_id').notNull(),
      state: text({ enum: ['waiting', 'queued', 'skipped', 'cancelled'] }).notNull(),
      /** Why it is skipped. */
      reason: text(),
      variant: text(),
      /** When its mail is to go, by the customer's own clock where the campaign says so. */
      dueAt: time('due_at'),
    },
    (recipient) => [
      primaryKey({ columns: [recipient.workspaceId, recipient.campaignId, recipient.customerId] }),
      index('recipients_due').on(
        recipient.workspaceId,
        recipient.campaignId,
        recipient.state,
        recipient.dueAt,
        recipient.customerId,
      ),
      index('recipients_customer').on(recipient.workspaceId, recipient.customerId),
    ],
  ),
})
