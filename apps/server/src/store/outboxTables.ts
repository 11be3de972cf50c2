import { isNotNull, sql, type SQLWrapper } from 'drizzle-orm'
import type { Columns } from './columns.ts'

/**
 * What is true of every message, and said by those who look through the outbox alone: so the indexes for them are
 * theirs, and draw no question of the sender or of a campaign away from its own.
 */
export const listedMessage = ({ createdAt }: { createdAt: SQLWrapper }) => sql`${createdAt} > 0`

/** That a message has ended without being sent, as the index of those says it: SQLite takes it in no other words. */
export const unsentMessage = ({ state }: { state: SQLWrapper }) =>
  sql`${state} not in ('queued', 'sending', 'sent')`

/** The tables of the outbox, and of the addresses that get nothing, or not everything. A part of `makeSchema`. */
export const makeOutboxTables = ({ table, text, int, bool, time, json, primaryKey, index }: Columns) => ({
  messages: table(
    'messages',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      customerId: text('customer_id').notNull(),
      enrolmentId: text('enrolment_id'),
      journeyId: text('journey_id'),
      stepId: text('step_id'),
      template: text().notNull(),
      purpose: text().notNull(),
      locale: text(),
      address: text().notNull(),
      /** Whether `address` is only claimed: then nothing but one confirmation a day may go there. */
      claimed: bool().notNull(),
      /** What the frequency cap does to it. */
      onCap: text('on_cap', { enum: ['postpone', 'skip'] })
        .notNull()
        .default('postpone'),
      state: text({
        enum: ['queued', 'sending', 'sent', 'refused', 'failed', 'expired', 'dead', 'unknown'],
      }).notNull(),
      reason: text(),
      data: json().notNull(),
      causeAt: time('cause_at').notNull(),
      createdAt: time('created_at').notNull(),
      dueAt: time('due_at').notNull(),
      expiresAt: time('expires_at').notNull(),
      attempts: int().notNull().default(0),
      leaseUntil: time('lease_until'),
      /** Counts the claims: a result is recorded only `where fence = ?`, so a claim that was taken over writes nothing. */
      fence: int().notNull().default(0),
      subject: text(),
      sentAt: time('sent_at'),
      response: text(),
      /** The one-off campaign that it belongs to, and its variant in it. */
      campaignId: text('campaign_id'),
      variant: text(),
      /** When its campaign has counted what became of it. */
      countedAt: time('counted_at'),
      /** What it is about, of the topics that customers may leave out. */
      topic: text(),
      /** A sender of its purpose other than the live one. */
      sender: text(),
      /**
       * When it began to be handed over: written before, and taken back where it did not leave. A message whose claim has
       * run out with it may have left.
       */
      attemptedAt: time('attempted_at'),
      /** The 40 hex digits of its Message-ID, by which it is found when it comes back. */
      mailId: text('mail_id'),
    },
    (message) => [
      primaryKey({ columns: [message.workspaceId, message.id] }),
      index('messages_customer').on(message.workspaceId, message.customerId, message.createdAt),
      // The sender serves every workspace of the installation, and its streams apart.
      index('messages_due').on(message.state, message.purpose, message.dueAt),
      index('messages_address').on(message.workspaceId, message.address, message.createdAt),
      index('messages_campaign')
        .on(message.workspaceId, message.campaignId, message.state, message.reason, message.variant)
        .where(sql`${message.campaignId} is not null and ${message.countedAt} is null`),
      index('messages_mail').on(message.mailId).where(isNotNull(message.mailId)),
      // The outbox as people look through it, newest first. The state is in the first for the sake of counting.
      index('messages_created')
        .on(message.workspaceId, message.createdAt, message.state)
        .where(listedMessage(message)),
      index('messages_template')
        .on(message.workspaceId, message.template, message.createdAt)
        .where(listedMessage(message)),
      index('messages_journey')
        .on(message.workspaceId, message.journeyId, message.createdAt)
        .where(sql`${message.journeyId} is not null and ${listedMessage(message)}`),
      index('messages_of_campaign')
        .on(message.workspaceId, message.campaignId, message.createdAt)
        .where(sql`${message.campaignId} is not null and ${listedMessage(message)}`),
      // Few mails come to such an end: those that are sent never enter it.
      index('messages_unsent')
        .on(message.workspaceId, message.state, message.createdAt)
        .where(unsentMessage(message)),
    ],
  ),

  suppressions: table(
    'suppressions',
    {
      workspaceId: text('workspace_id').notNull(),
      addressHash: text('address_hash').notNull(),
      reason: text().notNull(),
      at: time().notNull(),
      /** For people, and for an export; null of those who were erased. */
      address: text(),
      /** What the server said, or who has put it on the list. */
      detail: text(),
      /** Of what has bounced: the weaker reason that stands again when the bounce is taken back. */
      under: text(),
      underAt: time('under_at'),
    },
    (suppression) => [
      primaryKey({ columns: [suppression.workspaceId, suppression.addressHash] }),
      index('suppressions_at').on(suppression.workspaceId, suppression.at, suppression.addressHash),
    ],
  ),

  /** The last confirmation that each address was sent. */
  confirmations: table(
    'confirmations',
    {
      workspaceId: text('workspace_id').notNull(),
      addressHash: text('address_hash').notNull(),
      messageId: text('message_id').notNull(),
      at: time().notNull(),
    },
    (confirmation) => [primaryKey({ columns: [confirmation.workspaceId, confirmation.addressHash] })],
  ),
})
