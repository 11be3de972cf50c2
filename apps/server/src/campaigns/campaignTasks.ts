import { pageOfAudience, type Audience } from '../store/queries/audience.ts'
import { loadRules } from '../ingest/rulesCache.ts'
import type { Store } from '../store/store.ts'
import { hashAddress } from '../tokens.ts'
import { previewAudience, type AudiencePreview, type PreviewWanted } from './previewAudience.ts'

/** What is read at a time: few enough that a page is soon there, many enough that a rule is not asked too often. */
const IDS_AT_ONCE = 20_000

export interface AudienceWanted extends Audience {
  workspaceId: string
  /** When the campaign has begun. */
  at: number
  /** Up to whom the audience is frozen already. */
  after: string
}

/**
 * Tells the ids of an audience in their order, joined by line breaks, a page at a time: all as of one instant, since they
 * are read in one transaction, before the first page is told. A million of them take 27 MB of this process.
 */
export async function tellAudience(
  store: Store,
  { workspaceId, at, after, ...audience }: AudienceWanted,
  tell: (ids: string) => Promise<void>,
): Promise<void> {
  const pages = await store.read(async (tx) => {
    const frame = { workspaceId, at, customers: 'all' as const }
    const found: string[] = []
    for (let last: string | undefined = after; last !== undefined;) {
      const page = await pageOfAudience(tx, audience, frame, { after: last, limit: IDS_AT_ONCE })
      if (page.length > 0) found.push(page.join('\n'))
      last = page.length < IDS_AT_ONCE ? undefined : page.at(-1)
    }
    return found
  })
  for (const page of pages) await tell(page)
}

/** Who would get a campaign's mail now, and who would not. */
export async function previewCampaign(
  store: Store,
  { secret, ...wanted }: Omit<PreviewWanted, 'rules' | 'hashAddress' | 'customers'> & { secret: string },
): Promise<AudiencePreview> {
  return await store.read(
    async (tx) =>
      await previewAudience(tx, {
        ...wanted,
        customers: 'all',
        rules: await loadRules(tx, wanted.workspaceId),
        hashAddress: (workspaceId, address) => hashAddress(secret, workspaceId, address),
      }),
  )
}
