import { and, asc, eq, gt, lte, type SQL } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { RecipientState } from '../recipientStates.ts'
import type { ReadTx, Tx } from '../store.ts'

export type Recipient = ReadTx['tables']['recipients']['$inferSelect']
export type NewRecipient = Omit<ReadTx['tables']['recipients']['$inferInsert'], 'workspaceId' | 'campaignId'>

export interface OfCampaign {
  workspaceId: string
  campaignId: string
}

const isOf = ({ tables: { recipients } }: Pick<ReadTx, 'tables'>, { workspaceId, campaignId }: OfCampaign) =>
  and(eq(recipients.workspaceId, workspaceId), eq(recipients.campaignId, campaignId))

const selectRecipients = async (tx: ReadTx, of: OfCampaign, condition: SQL | undefined) =>
  await tx
    .select()
    .from(tx.tables.recipients)
    .where(and(isOf(tx, of), condition))

/** Those of these customers who are in the campaign, also if they were skipped. */
export async function readRecipients(
  tx: ReadTx,
  of: OfCampaign,
  customerIds: readonly string[],
): Promise<Recipient[]> {
  return await selectRecipients(tx, of, tx.dialect.isOneOf(tx.tables.recipients.customerId, customerIds))
}

/** Which of these mailboxes get the campaign's mail already. */
export async function readMailboxes(
  tx: ReadTx,
  of: OfCampaign,
  mailboxes: readonly string[],
): Promise<Set<string>> {
  const rows = await selectRecipients(tx, of, tx.dialect.isOneOf(tx.tables.recipients.mailbox, mailboxes))
  return new Set(rows.flatMap(({ mailbox }) => mailbox ?? []))
}

export async function insertRecipients(
  tx: Tx,
  of: OfCampaign,
  added: readonly NewRecipient[],
): Promise<void> {
  const rows = added.map((recipient) => ({ ...of, ...recipient }))
  if (rows.length > 0) await insertRows(tx, tx.tables.recipients, rows)
}

/** Changes those of these customers who are in the campaign. */
export async function updateRecipients(
  tx: Tx,
  of: OfCampaign,
  customerIds: readonly string[],
  changes: Partial<NewRecipient>,
): Promise<void> {
  const { recipients } = tx.tables
  if (customerIds.length === 0) return
  await tx
    .update(recipients)
    .set(changes)
    .where(and(isOf(tx, of), tx.dialect.isOneOf(recipients.customerId, customerIds)))
}

/** Who waits, the earliest due first: those due by an instant, or all. */
export async function pageOfWaiting(
  tx: ReadTx,
  of: OfCampaign,
  { dueBy, limit }: { dueBy: number | undefined; limit: number },
): Promise<Recipient[]> {
  const { recipients } = tx.tables
  return await tx
    .select()
    .from(recipients)
    .where(
      and(
        isOf(tx, of),
        eq(recipients.state, 'waiting'),
        eq(recipients.reason, ''),
        dueBy === undefined ? undefined : lte(recipients.dueAt, dueBy),
      ),
    )
    .orderBy(asc(recipients.dueAt), asc(recipients.customerId))
    .limit(limit)
}

export interface RecipientPlace {
  reason: string
  dueAt: number
  customerId: string
}

/** One page of a campaign's recipients: in one state by the reason and the time, else by the customer's id. */
export async function pageOfRecipients(
  tx: ReadTx,
  of: OfCampaign,
  wanted: {
    state: RecipientState | undefined
    /** Of one state only. */
    reason: string | undefined
    after: RecipientPlace | undefined
    limit: number
  },
): Promise<Recipient[]> {
  const { recipients } = tx.tables
  const { state, reason, after, limit } = wanted
  const selected = (condition: SQL | undefined) =>
    tx
      .select()
      .from(recipients)
      .where(and(isOf(tx, of), condition))
  if (state === undefined)
    return await selected(after && gt(recipients.customerId, after.customerId))
      .orderBy(asc(recipients.customerId))
      .limit(limit)
  return await selected(
    and(
      eq(recipients.state, state),
      reason === undefined ? undefined : eq(recipients.reason, reason),
      after &&
        behind(
          'ascending',
          [recipients.reason, after.reason],
          [recipients.dueAt, after.dueAt],
          [recipients.customerId, after.customerId],
        ),
    ),
  )
    .orderBy(asc(recipients.reason), asc(recipients.dueAt), asc(recipients.customerId))
    .limit(limit)
}
