import { isNotNull } from 'drizzle-orm'
import type { Columns } from './columns.ts'
import { RECIPIENT_STATES } from './recipientStates.ts'

/** The tables of templates, of who sends and how much, and of campaigns. A part of `makeSchema`. */
export const makeMailTables = ({ table, text, int, bool, time, json, primaryKey, index }: Columns) => ({
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
      /** Nothing goes by a `draft`; a `stopped` one keeps its mails until somebody lets it go on. */
      status: text({ enum: ['draft', 'live', 'stopped'] }).notNull(),
      /** All mails of its purpose go by it that name no other sender: one of a purpose at most. */
      isMain: bool('is_main').notNull().default(false),
      /** By which provider its mails go: what is to be looked up follows from it. */
      preset: text().notNull().default('smtp'),
      fromName: text('from_name').notNull(),
      /** Null: the installation's own, with its name. */
      fromAddress: text('from_address'),
      replyTo: text('reply_to'),
      /** A nodemailer URL, sealed; null: the installation's own server. */
      smtp: text(),
      /** `{ domain, selector }`, and the private key in PEM, sealed; null: the server signs. */
      dkim: json().$type<{ domain: string; selector: string }>(),
      dkimKey: text('dkim_key'),
      /** The domain of envelope senders, to which mail comes back: `b+<token>@bounceDomain`; null: the from address. */
      bounceDomain: text('bounce_domain'),
      /** What its provider wants to be told with each mail. */
      headers: json().$type<Record<string, string>>().notNull(),
      /** How much it may send: `{ warmUp: { startedAt, first, growth, until }, perHour: { "gmail.com": 500 } }`. */
      limits: json().$type<Record<string, unknown>>().notNull(),
      /** Why it was stopped, for people, and since when. */
      reason: text(),
      stoppedAt: time('stopped_at'),
      /** Since when it goes on after its last stop: what happened before is no reason to stop again. */
      resumedAt: time('resumed_at'),
      /** What was looked up last, and what was seen. */
      check: json().$type<Record<string, unknown>>(),
      /** When its server has taken a test mail, as it is set up now. */
      testedAt: time('tested_at'),
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

  /** One-off messages to a segment: what is to be sent, how far that has come, and what has become of it. */
  /** Mails and calls about our mails that nothing was made of: for people. The newest are kept. */
  reports: table(
    'reports',
    {
      workspaceId: text('workspace_id').notNull(),
      /** The hash of what came in: told twice it is one. */
      id: text().notNull(),
      at: time().notNull(),
      /** Which way it came: `smtp`, `maildir`, or the provider. */
      via: text().notNull(),
      reason: text().notNull(),
      /** Its beginning, with the addresses in it: those of whoever is erased go with them. */
      excerpt: text().notNull(),
    },
    (report) => [
      primaryKey({ columns: [report.workspaceId, report.id] }),
      index('reports_at').on(report.workspaceId, report.at, report.id),
    ],
  ),

  campaigns: table(
    'campaigns',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      status: text({
        enum: ['draft', 'scheduled', 'freezing', 'sending', 'paused', 'done', 'cancelled'],
      }).notNull(),
      definition: json().$type<Record<string, unknown>>().notNull(),
      /** How many recipients are where, without those whose mail is on its way: these are counted in `messages`. */
      counts: json().$type<Record<string, unknown>>().notNull(),
      /** When it begins, or has begun: the instant of which the audience is. */
      startAt: time('start_at'),
      /** Up to whom the audience is frozen, by the customer's id. */
      reachedId: text('reached_id'),
      /** Since when nobody is added to the audience any more. */
      frozenAt: time('frozen_at'),
      endedAt: time('ended_at'),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (campaign) => [
      primaryKey({ columns: [campaign.workspaceId, campaign.id] }),
      index('campaigns_created').on(campaign.workspaceId, campaign.createdAt, campaign.id),
    ],
  ),

  /** The audience of a campaign as it was frozen: who gets which variant and when, and why somebody is skipped. */
  recipients: table(
    'recipients',
    {
      workspaceId: text('workspace_id').notNull(),
      campaignId: text('campaign_id').notNull(),
      /** As at the freezing: whoever was merged into another since has the same mail. */
      customerId: text('customer_id').notNull(),
      /** `queued` from when its mail is in the outbox until the mail has come to its end and was counted. */
      state: text({ enum: RECIPIENT_STATES }).notNull(),
      /** Why it was skipped, or its mail was not sent; empty where there is nothing to say. */
      reason: text().notNull().default(''),
      variant: text(),
      /** When its mail is to go, by the customer's own clock where the campaign says so. */
      dueAt: time('due_at').notNull(),
      /** A keyed hash of the mailbox that its mail ends in: nobody gets it twice. Null where it is skipped. */
      mailbox: text(),
      /** When a person has clicked for the first time, and so on. */
      clickedAt: time('clicked_at'),
      unsubscribedAt: time('unsubscribed_at'),
      bouncedAt: time('bounced_at'),
      complainedAt: time('complained_at'),
      /** The first time of any of these. */
      respondedAt: time('responded_at'),
    },
    (recipient) => [
      primaryKey({ columns: [recipient.workspaceId, recipient.campaignId, recipient.customerId] }),
      index('recipients_state').on(
        recipient.workspaceId,
        recipient.campaignId,
        recipient.state,
        recipient.reason,
        recipient.dueAt,
        recipient.customerId,
      ),
      index('recipients_customer').on(recipient.workspaceId, recipient.customerId),
      index('recipients_mailbox')
        .on(recipient.workspaceId, recipient.campaignId, recipient.mailbox)
        .where(isNotNull(recipient.mailbox)),
      // All that the figures ask for: they read no row of the table.
      index('recipients_responded')
        .on(
          recipient.workspaceId,
          recipient.campaignId,
          recipient.variant,
          recipient.clickedAt,
          recipient.unsubscribedAt,
          recipient.bouncedAt,
          recipient.complainedAt,
        )
        .where(isNotNull(recipient.respondedAt)),
    ],
  ),
})
