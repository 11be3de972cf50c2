import { eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export type ProductFeedRow = ReadTx['tables']['productFeeds']['$inferSelect']

export async function readProductFeed(tx: ReadTx, workspaceId: string): Promise<ProductFeedRow | undefined> {
  const { productFeeds } = tx.tables
  const [row] = await tx.select().from(productFeeds).where(eq(productFeeds.workspaceId, workspaceId))
  return row
}

/** Sets where the feed is; what was read of another address is forgotten. */
export async function setProductFeed(
  tx: Tx,
  workspaceId: string,
  { url, currency, now }: { url: string; currency: string | null; now: number },
): Promise<void> {
  const { productFeeds } = tx.tables
  const fresh = {
    url,
    currency,
    etag: null,
    hash: null,
    readAt: null,
    changedAt: null,
    changed: 0,
    unchanged: 0,
    refused: 0,
    problems: [],
    problem: null,
    createdAt: now,
  }
  await tx
    .insert(productFeeds)
    .values({ workspaceId, ...fresh })
    .onConflictDoUpdate({ target: [productFeeds.workspaceId], set: fresh })
}

/** Writes down what came of reading it; nothing where its address was changed meanwhile. */
export async function saveProductFeed(
  tx: Tx,
  { workspaceId, createdAt }: ProductFeedRow,
  change: Partial<Omit<ProductFeedRow, 'workspaceId' | 'url' | 'createdAt'>>,
): Promise<void> {
  const { productFeeds } = tx.tables
  const known = await readProductFeed(tx, workspaceId)
  if (known?.createdAt !== createdAt) return
  await tx.update(productFeeds).set(change).where(eq(productFeeds.workspaceId, workspaceId))
}

export async function deleteProductFeed(tx: Tx, workspaceId: string): Promise<void> {
  const { productFeeds } = tx.tables
  await tx.delete(productFeeds).where(eq(productFeeds.workspaceId, workspaceId))
}
