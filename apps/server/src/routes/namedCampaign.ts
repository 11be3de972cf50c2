import type { Context } from 'hono'
import { CicloError } from '../errors.ts'
import { findCampaign, type StoredCampaign } from '../store/queries/campaigns.ts'
import type { ReadTx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'

/** Which campaign a request is about. */
export const named = (context: Context<ApiEnvironment>) => ({
  workspaceId: context.get('workspaceId'),
  id: context.req.param('id') ?? '',
})

/** That campaign. Throws `not-found`. */
export async function found(tx: ReadTx, workspaceId: string, id: string): Promise<StoredCampaign> {
  const campaign = await findCampaign(tx, workspaceId, id)
  if (!campaign) throw new CicloError('not-found', `There is no campaign ${id}`)
  return campaign
}
