import type { Settings } from '@ciclo/engine'
import { LOCALES } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import type { TemplateCache } from '../mail/templateCache.ts'
import { readSegment } from '../store/queries/segments.ts'
import { readSenders } from '../store/queries/senders.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import { segmentsOf } from './segmentsOf.ts'
import { timeOver } from './campaignTimes.ts'
import { variantsOf, type Campaign, type CampaignVariant } from './campaign.ts'

/** What of a campaign does not do as it is: where in it, and why. */
export interface CampaignProblem {
  path: string
  message: string
}

export interface ProblemsShell {
  store: Store
  templates: Pick<TemplateCache, 'render' | 'purposeOf'>
}

/** Where nobody is shown what a mail says, but it must be there to be said. */
const NOWHERE = 'https://shop.invalid'

/** Renders a variant once in each language, so that what cannot be rendered is found before it fails for everybody. */
async function problemOfVariant(
  { templates }: ProblemsShell,
  workspaceId: string,
  { template, strings }: CampaignVariant,
  settings: Settings,
): Promise<string | undefined> {
  try {
    if ((await templates.purposeOf(workspaceId, template)) === 'transactional')
      return `The template ${template} is for order mail, expected one for marketing`
    for (const locale of LOCALES) {
      const urls = { unsubscribe: NOWHERE, preferences: NOWHERE, viewInBrowser: NOWHERE, open: NOWHERE }
      await templates.render(workspaceId, template, {
        locale,
        settings,
        data: {
          customer: { email: 'ada@shop.invalid' },
          shop: { ...settings.shop, url: settings.shop.url || NOWHERE },
          urls,
          purpose: 'marketing',
        },
        ...(Object.keys(strings).length > 0 ? { strings } : {}),
        link: (url) => url,
      })
    }
    return undefined
  } catch (error) {
    if (error instanceof CicloError && error.code === 'store-unavailable') throw error
    return (error as Error).message
  }
}

/** Everything that keeps a campaign from being started, as things stand now. */
export async function findCampaignProblems(
  shell: ProblemsShell,
  workspaceId: string,
  campaign: Campaign,
  now: number,
): Promise<CampaignProblem[]> {
  const { topic, sender } = campaign
  const { settings, problems } = await shell.store.read(async (tx) => {
    const found: CampaignProblem[] = []
    const say = (path: string, message: string) => found.push({ path, message })
    for (const { path, id } of segmentsOf(campaign)) {
      const segment = await readSegment(tx, workspaceId, id)
      if (!segment) say(path, `There is no segment ${id}`)
      else if (segment.status === 'building')
        say(path, `The segment ${id} is still being built: its members are not complete yet`)
    }
    const current = await readSettings(tx, workspaceId)
    if (topic !== null && !current.topics.some(({ id }) => id === topic))
      say('topic', `There is no topic ${topic} among the settings`)
    if (sender !== null) {
      const known = (await readSenders(tx, workspaceId)).find(({ id }) => id === sender)
      if (!known) say('sender', `There is no sender ${sender}`)
      else if (known.purpose !== 'marketing') say('sender', `The sender ${sender} is for order mail`)
      else if (known.status === 'draft') say('sender', `The sender ${sender} is a draft: set it live before`)
    }
    return { settings: current, problems: found }
  })
  const over = timeOver(campaign.schedule, now)
  if (over !== null) problems.push({ path: 'schedule', message: over })
  for (const [place, variant] of variantsOf(campaign).entries()) {
    const message = await problemOfVariant(shell, workspaceId, variant, settings)
    const path = campaign.variants.length === 0 ? 'template' : `variants.${place}`
    if (message !== undefined) problems.push({ path, message })
  }
  return problems
}
