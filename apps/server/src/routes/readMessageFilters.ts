import type { z } from 'zod'
import type { MessageFiltersSchema } from './messageSchemas.ts'
import { pageOfCampaigns } from '../store/queries/campaigns.ts'
import { listVersions } from '../store/queries/journeys.ts'
import { hasMessages } from '../store/queries/messageList.ts'
import { readSenders } from '../store/queries/senders.ts'
import { readPublishedVersions } from '../store/queries/templates.ts'
import type { ReadTx } from '../store/store.ts'
import { shippedTemplates } from '../templates/shippedTemplates.ts'

/** The newest of them. */
const CAMPAIGNS = 100

/** What the outbox can be filtered by. */
export async function readMessageFilters(
  tx: ReadTx,
  workspaceId: string,
): Promise<z.infer<typeof MessageFiltersSchema>> {
  const versions = await listVersions(tx, workspaceId)
  const journeys = new Map(versions.map(({ id, name }) => [id, { id, name }]))
  const live = new Set(versions.flatMap(({ id, status }) => (status === 'live' ? [id] : [])))
  const campaigns = await pageOfCampaigns(tx, workspaceId, undefined, CAMPAIGNS)
  const own = await readPublishedVersions(tx, workspaceId)
  const senders = await readSenders(tx, workspaceId)
  const mains = (['transactional', 'marketing'] as const).filter(
    (purpose) => !senders.some((sender) => sender.isMain && sender.purpose === purpose),
  )
  return {
    hasMessages: await hasMessages(tx, workspaceId),
    liveJourneys: live.size,
    journeys: [...journeys.values()],
    campaigns: campaigns.map(({ id, definition }) => ({
      id,
      name: typeof definition['name'] === 'string' ? definition['name'] : id,
    })),
    templates: [...new Set([...(await shippedTemplates()).keys(), ...own.keys()])].toSorted((one, other) =>
      one.localeCompare(other, 'en'),
    ),
    // What nobody has set up goes by the installation's own, which is called by its purpose.
    senders: [
      ...senders.map(({ id, purpose }) => ({ id, purpose })),
      ...mains.map((purpose) => ({ id: purpose, purpose })),
    ],
  }
}
