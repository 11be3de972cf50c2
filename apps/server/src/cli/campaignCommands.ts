import type { Command } from 'commander'
import {
  CampaignFiguresSchema,
  CampaignPreviewSchema,
  CampaignSchema,
  CampaignsSchema,
  RecipientsSchema,
} from '../routes/campaignSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { isAgreed } from './isAgreed.ts'
import { quoted } from './quoted.ts'
import { readJsonFile } from './readJsonFile.ts'
import { readPages } from './readPages.ts'
import { sayFigures, sayPreview } from './sayCampaign.ts'
import type { Surroundings } from './surroundings.ts'

const pathOf = (id: string) => `/campaigns/${encodeURIComponent(id)}`

/** Shows who would get it, asks, and starts it. */
async function start(
  { request }: ApiTarget,
  id: string,
  yes: boolean | undefined,
  surroundings: Surroundings,
): Promise<number> {
  const { say, warn } = surroundings
  const path = pathOf(id)
  const preview = CampaignPreviewSchema.parse(await (await request('POST', `${path}/preview`)).json())
  sayPreview(preview, say)
  if (preview.problems.length > 0) {
    warn(`${id} cannot be started`)
    return 2
  }
  if (!(await isAgreed(`Start ${id}?`, yes, surroundings))) return 2
  const { status } = CampaignSchema.parse(await (await request('POST', `${path}/start`)).json())
  say(`${id}: ${status}`)
  return 0
}

/** `ciclo campaigns list|show|save|preview|start|pause|resume|cancel|delete|figures|recipients`: one-off messages. */
export function addCampaignCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const campaigns = program
    .command('campaigns')
    .description('One-off messages to a segment, as docs/campaigns.md tells')
  campaigns
    .command('list')
    .description('Every campaign, the newest first')
    .action(() =>
      run(async (target) => {
        let told = 0
        for await (const { campaigns: page } of readPages(target, '/campaigns', CampaignsSchema)) {
          for (const { id, status, startAt, definition } of page)
            say([id, status.padEnd(9), startAt ?? '-', quoted(String(definition['name']))].join('  '))
          told += page.length
        }
        if (told === 0) say('There are no campaigns.')
      }),
    )
  campaigns
    .command('show')
    .description('A campaign as it was saved, as JSON')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const campaign = CampaignSchema.parse(await (await request('GET', pathOf(id))).json())
        say(JSON.stringify(campaign, null, 2))
      }),
    )
  campaigns
    .command('save')
    .description('Save a draft under an id, new or in the place of another')
    .argument('<id>', 'lower-case words joined by hyphens')
    .argument('<file>', 'the campaign as JSON')
    .action(async (id: string, file: string) => {
      const definition = await readJsonFile(file, 'a campaign', surroundings)
      await run(async ({ request }) => {
        await request('PUT', pathOf(id), definition)
        say(`${id}: saved`)
      })
    })
  campaigns
    .command('preview')
    .description('Who would get it if it was started now, and who would be skipped; exit code 2 for problems')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('POST', `${pathOf(id)}/preview`)
        const preview = CampaignPreviewSchema.parse(await response.json())
        sayPreview(preview, say)
        return preview.problems.length > 0 ? 2 : 0
      }),
    )
  campaigns
    .command('start')
    .description('Show who gets it, ask, and start it')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action((id: string, { yes }: { yes?: boolean }) => run((target) => start(target, id, yes, surroundings)))
  const actions = {
    pause: 'Keep back what has not left',
    resume: 'Let a paused campaign go on',
    cancel: 'End it: what has not left never will',
  }
  for (const [action, description] of Object.entries(actions))
    campaigns
      .command(action)
      .description(description)
      .argument('<id>')
      .action((id: string) =>
        run(async ({ request }) => {
          const response = await request('POST', `${pathOf(id)}/${action}`)
          say(`${id}: ${CampaignSchema.parse(await response.json()).status}`)
        }),
      )
  campaigns
    .command('delete')
    .description('Delete a draft')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('DELETE', pathOf(id))
        say(`${id}: deleted`)
      }),
    )
  campaigns
    .command('figures')
    .description('What has become of it, and what people did with each variant')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('GET', `${pathOf(id)}/figures`)
        sayFigures(CampaignFiguresSchema.parse(await response.json()), say)
      }),
    )
  campaigns
    .command('recipients')
    .description('The audience as it was frozen, and where each mail is')
    .argument('<id>')
    .option('--state <state>', 'only those: skipped, waiting, queued, sent, refused, failed ...')
    .option('--reason <reason>', 'of that state only those with this reason')
    .action((id: string, filter: { state?: string; reason?: string }) =>
      run(async (target) => {
        for await (const page of readPages(target, `${pathOf(id)}/recipients`, RecipientsSchema, {
          filter: { state: filter.state, reason: filter.reason },
        }))
          for (const { customerId, state, reason, variant, dueAt } of page.recipients)
            say([customerId, state.padEnd(9), reason ?? '-', variant ?? '-', dueAt].join('  '))
      }),
    )
}
