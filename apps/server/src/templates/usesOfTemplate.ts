import type { Purpose } from '@ciclo/engine'
import { readCampaign, variantsOf } from '../campaigns/campaign.ts'
import { shownVersion, statusOf } from '../journeys/lifeOfVersion.ts'
import { pageOfCampaigns, type StoredCampaign } from '../store/queries/campaigns.ts'
import { readCurrentVersions, type StoredVersion } from '../store/queries/journeys.ts'
import type { ReadTx } from '../store/store.ts'

export interface TemplateUses {
  journeys: {
    id: string
    name: string
    status: StoredVersion['status']
    steps: { id: string; purpose: Purpose }[]
  }[]
  campaigns: { id: string; name: string; status: StoredCampaign['status'] }[]
}

const PAGE = 200

async function* allCampaigns(tx: ReadTx, workspaceId: string): AsyncGenerator<StoredCampaign> {
  let after: StoredCampaign | undefined
  do {
    const page: StoredCampaign[] = await pageOfCampaigns(tx, workspaceId, after, PAGE)
    yield* page
    after = page.length < PAGE ? undefined : page.at(-1)
  } while (after)
}

/** Who sends a template: the journeys that are drafted or at work, by name, and the campaigns, newest first. */
export async function readUsesOfTemplate(
  tx: ReadTx,
  workspaceId: string,
  template: string,
): Promise<TemplateUses> {
  const versions = await readCurrentVersions(tx, workspaceId)
  const journeys: TemplateUses['journeys'] = []
  for (const [id, own] of Map.groupBy(versions, (version) => version.id)) {
    const steps = new Map<string, Purpose>()
    for (const { definition } of own)
      for (const step of definition.steps)
        if (step.kind === 'send' && step.template === template) steps.set(step.id, step.purpose)
    if (steps.size === 0) continue
    journeys.push({
      id,
      name: shownVersion(own)?.name ?? id,
      status: statusOf(own),
      steps: [...steps].map(([step, purpose]) => ({ id: step, purpose })),
    })
  }
  const campaigns: TemplateUses['campaigns'] = []
  for await (const { id, status, definition } of allCampaigns(tx, workspaceId)) {
    const campaign = readCampaign(definition)
    if (variantsOf(campaign).some((variant) => variant.template === template))
      campaigns.push({ id, name: campaign.name, status })
  }
  return { journeys: journeys.toSorted((one, other) => (one.name < other.name ? -1 : 1)), campaigns }
}
