import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { CampaignCountsSchema, NOBODY_COUNTED, type CampaignCounts } from '../campaignCounts.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Begins campaigns, freezes their audiences, puts their mails into the outbox and counts what becomes of them. */
export const CAMPAIGNS = 'campaigns'

type Row = ReadTx['tables']['campaigns']['$inferSelect']

/** A campaign as it is stored; its definition is read by `readCampaign`. */
export interface StoredCampaign extends Omit<Row, 'counts'> {
  counts: CampaignCounts
}

const toCampaign = ({ counts, ...row }: Row): StoredCampaign => ({
  ...row,
  counts: CampaignCountsSchema.parse(counts),
})

const isIt = ({ tables: { campaigns } }: Pick<ReadTx, 'tables'>, workspaceId: string, id: string) =>
  and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, id))

export async function findCampaign(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<StoredCampaign | undefined> {
  const [row] = await tx
    .select()
    .from(tx.tables.campaigns)
    .where(isIt(tx, workspaceId, id))
  return row && toCampaign(row)
}

/**
 * Reads a campaign and keeps it from being changed by others until the transaction ends. Whoever changes its recipients
 * or counts holds it; customers are locked before.
 */
export async function lockCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<StoredCampaign | undefined> {
  const [row] = await tx.dialect.forUpdate(
    tx
      .select()
      .from(tx.tables.campaigns)
      .where(isIt(tx, workspaceId, id)),
  )
  return row && toCampaign(row)
}

/** One page of the campaigns, newest first. */
export async function pageOfCampaigns(
  tx: ReadTx,
  workspaceId: string,
  after: { createdAt: number; id: string } | undefined,
  limit: number,
): Promise<StoredCampaign[]> {
  const { campaigns } = tx.tables
  const rows = await tx
    .select()
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        after && behind('descending', [campaigns.createdAt, after.createdAt], [campaigns.id, after.id]),
      ),
    )
    .orderBy(desc(campaigns.createdAt), desc(campaigns.id))
    .limit(limit)
  return rows.map(toCampaign)
}

/** The campaigns that were started and have not come to their end, the oldest start first. */
export async function readOpenCampaigns(tx: ReadTx, workspaceId: string): Promise<StoredCampaign[]> {
  const { campaigns } = tx.tables
  const rows = await tx
    .select()
    .from(campaigns)
    .where(
      and(eq(campaigns.workspaceId, workspaceId), ne(campaigns.status, 'draft'), isNull(campaigns.endedAt)),
    )
    .orderBy(asc(campaigns.startAt), asc(campaigns.id))
  return rows.map(toCampaign)
}

/** Saves a draft, new or in the place of another draft. */
export async function saveDraft(
  tx: Tx,
  workspaceId: string,
  { id, definition }: Pick<StoredCampaign, 'id' | 'definition'>,
  now: number,
): Promise<void> {
  const { campaigns } = tx.tables
  await tx
    .insert(campaigns)
    .values({
      workspaceId,
      id,
      status: 'draft',
      definition,
      counts: NOBODY_COUNTED,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoUpdate({
      target: [campaigns.workspaceId, campaigns.id],
      set: { definition, updatedAt: now },
    })
}

export async function updateCampaign(
  tx: Tx,
  { workspaceId, id }: Pick<StoredCampaign, 'workspaceId' | 'id'>,
  changes: Partial<Omit<StoredCampaign, 'workspaceId' | 'id'>>,
): Promise<void> {
  await tx
    .update(tx.tables.campaigns)
    .set(changes)
    .where(isIt(tx, workspaceId, id))
}

export async function deleteCampaign(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(tx.tables.campaigns).where(isIt(tx, workspaceId, id))
}
