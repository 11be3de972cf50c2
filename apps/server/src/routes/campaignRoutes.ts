import { JourneyIdSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { readCampaign, variantsOf } from '../campaigns/campaign.ts'
import { beginningOf } from '../campaigns/campaignTimes.ts'
import { changeCampaign, expectStatus, type CampaignAction } from '../campaigns/changeCampaign.ts'
import { createPreview, type PreviewShell } from '../campaigns/createPreview.ts'
import { findCampaignProblems, type ProblemsShell } from '../campaigns/findCampaignProblems.ts'
import { CicloError } from '../errors.ts'
import { definitionHash } from '../definitionHash.ts'
import { expectValid } from '../expectValid.ts'
import { sumOf } from '../store/campaignCounts.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { deleteCampaign, lockCampaign, pageOfCampaigns, saveDraft } from '../store/queries/campaigns.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Tx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import {
  CampaignPreviewSchema,
  CampaignRequestSchema,
  CampaignSchema,
  CampaignsSchema,
} from './campaignSchemas.ts'
import { createCampaignResultRoutes } from './campaignResultRoutes.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { expectationOf, expectSeen } from './expectation.ts'
import { found, named } from './namedCampaign.ts'
import { presentCampaign } from './presentCampaign.ts'

const describe = describer('campaigns', 'There is no such campaign')

const CampaignPlaceSchema = z.object({ createdAt: z.number(), id: z.string() })

const DONE = {
  start: 'campaign.started',
  pause: 'campaign.paused',
  resume: 'campaign.resumed',
  cancel: 'campaign.cancelled',
} as const

export interface CampaignRoutesOptions extends PreviewShell, ProblemsShell {
  now: () => number
  newId: () => string
  /** Told when there is something to do for campaigns. */
  onRequested: () => void
}

/** One-off messages to a segment: drafts, their lives, their recipients and what has become of them. */
export function createCampaignRoutes(options: CampaignRoutesOptions) {
  const { store, now, newId, onRequested } = options
  const preview = createPreview(options)
  const audit = async (tx: Tx, context: Context<ApiEnvironment>, action: string, details: object) => {
    const entry = auditEntry(context, { now, newId }, { action, details: { ...details } })
    await insertAudit(tx, context.get('workspaceId'), [entry])
  }

  /** @param looked what is to be started, as it was looked at */
  const act = async (context: Context<ApiEnvironment>, action: CampaignAction, looked?: object) => {
    const { workspaceId, id } = named(context)
    const changed = await store.write(async (tx) => {
      const campaign = await changeCampaign(tx, workspaceId, { id, action, now: now() })
      const { definition } = campaign
      if (looked && JSON.stringify(looked) !== JSON.stringify(definition))
        throw new CicloError('conflict', `The campaign ${id} was changed meanwhile`)
      await audit(tx, context, DONE[action], looked ? { id, definition } : { id })
      return campaign
    })
    onRequested()
    return presentCampaign(changed)
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The campaigns, newest first', CampaignsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const after = decodeCursor(CampaignPlaceSchema, cursor)
        const campaigns = await store.read((tx) =>
          pageOfCampaigns(tx, context.get('workspaceId'), after, limit + 1),
        )
        const { rows, next } = pageOf(campaigns, limit, ({ createdAt, id }) => ({ createdAt, id }))
        return context.json({ campaigns: rows.map(presentCampaign), next })
      },
    )
    .get('/:id', describe('One campaign', CampaignSchema), async (context) => {
      const { workspaceId, id } = named(context)
      const campaign = presentCampaign(await store.read((tx) => found(tx, workspaceId, id)))
      context.header('etag', `"${campaign.hash}"`)
      return context.json(campaign)
    })
    .put(
      '/:id',
      describe(
        'Saves a draft, new or in the place of another; If-Match: its hash as it was read; If-None-Match: * for a new one',
        CampaignSchema,
        CampaignRequestSchema,
      ),
      async (context) => {
        const { workspaceId } = named(context)
        const id = expectValid(JourneyIdSchema, context.req.param('id'), 'id')
        const given = await bodyOf(context, CampaignRequestSchema)
        const definition = { ...readCampaign(given) }
        const expectation = expectationOf(context)
        const saved = await store.write(async (tx) => {
          // Of two who begin one at once, one is late; a row that is not there yet cannot be locked.
          if (expectation.none) await lockWorkspace(tx, workspaceId)
          const before = await lockCampaign(tx, workspaceId, id)
          if (before) expectStatus(before, id, ['draft'])
          expectSeen(`campaign ${id}`, before && definitionHash(before.definition), expectation)
          await saveDraft(tx, workspaceId, { id, definition }, now())
          await audit(tx, context, 'campaign.saved', { id, definition })
          return await found(tx, workspaceId, id)
        })
        const campaign = presentCampaign(saved)
        context.header('etag', `"${campaign.hash}"`)
        return context.json(campaign)
      },
    )
    .delete('/:id', describe('Deletes a draft', z.object({ id: z.string() })), async (context) => {
      const { workspaceId, id } = named(context)
      await store.write(async (tx) => {
        expectStatus(await lockCampaign(tx, workspaceId, id), id, ['draft'])
        await deleteCampaign(tx, workspaceId, id)
        await audit(tx, context, 'campaign.deleted', { id })
      })
      return context.json({ id })
    })
    .post(
      '/:id/preview',
      describe('Who would get it if it was started now, and who would be skipped', CampaignPreviewSchema),
      async (context) => {
        const { workspaceId, id } = named(context)
        const campaign = readCampaign((await store.read((tx) => found(tx, workspaceId, id))).definition)
        const at = now()
        const { audience, skipped, variants } = await preview(
          { workspaceId, campaignId: id, campaign, now: at },
          context.req.raw.signal,
        )
        const total = sumOf(skipped)
        return context.json({
          at: new Date(at).toISOString(),
          startAt: new Date(beginningOf(campaign.schedule, at)).toISOString(),
          audience,
          recipients: audience - total,
          skipped: { total, reasons: skipped },
          variants: variantsOf(campaign).map(({ id: variant, template }) => ({
            id: variant,
            template,
            recipients: variants[variant] ?? 0,
          })),
          problems: await findCampaignProblems(options, workspaceId, campaign, at),
        })
      },
    )
    .post(
      '/:id/start',
      describe('Starts a draft; 409 with `problems` where something is in the way', CampaignSchema),
      async (context) => {
        const { workspaceId, id } = named(context)
        const { definition } = expectStatus(await store.read((tx) => found(tx, workspaceId, id)), id, [
          'draft',
        ])
        const campaign = readCampaign(definition)
        const problems = await findCampaignProblems(options, workspaceId, campaign, now())
        const [first] = problems
        if (first) throw new CicloError('conflict', `${first.path}: ${first.message}`, { problems })
        return context.json(await act(context, 'start', definition))
      },
    )
    .post('/:id/pause', describe('Keeps back all that has not left', CampaignSchema), async (context) =>
      context.json(await act(context, 'pause')),
    )
    .post('/:id/resume', describe('Lets a paused campaign go on', CampaignSchema), async (context) =>
      context.json(await act(context, 'resume')),
    )
    .post(
      '/:id/cancel',
      describe('Ends a campaign for good: what has not left never will', CampaignSchema),
      async (context) => context.json(await act(context, 'cancel')),
    )
    .route('/', createCampaignResultRoutes(options))
}
