import { Hono } from 'hono'
import { z } from 'zod'
import { figuresOf } from '../campaigns/figuresOf.ts'
import { CicloError } from '../errors.ts'
import { readCampaignMessages } from '../store/queries/campaignMessages.ts'
import { readCustomers } from '../store/queries/customers.ts'
import { pageOfRecipients } from '../store/queries/recipients.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { CampaignFiguresSchema, RecipientsQuerySchema, RecipientsSchema } from './campaignSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { found, named } from './namedCampaign.ts'
import { presentRecipient } from './presentCampaign.ts'

const describe = describer('campaigns', 'There is no such campaign')

const RecipientPlaceSchema = z.object({ reason: z.string(), dueAt: z.number(), customerId: z.string() })

/** What has become of a campaign: all of it, and of each recipient. */
export const createCampaignResultRoutes = ({ store }: { store: Store }) =>
  new Hono<ApiEnvironment>()
    .get(
      '/:id/figures',
      describe('What has become of a campaign: its figures add up to its audience', CampaignFiguresSchema),
      async (context) => {
        const { workspaceId, id } = named(context)
        const figures = await store.read(async (tx) => {
          const campaign = await found(tx, workspaceId, id)
          return { status: campaign.status, ...(await figuresOf(tx, campaign)) }
        })
        return context.json(figures)
      },
    )
    .get(
      '/:id/recipients',
      describe('The audience as it was frozen, and where each mail is', RecipientsSchema),
      query(RecipientsQuerySchema),
      async (context) => {
        const { workspaceId, id } = named(context)
        const { cursor, limit, state, reason } = context.req.valid('query')
        if (reason !== undefined && state === undefined)
          throw new CicloError('bad-request', 'reason: expected a state beside it')
        const after = decodeCursor(RecipientPlaceSchema, cursor)
        const of = { workspaceId, campaignId: id }
        const page = await store.read(async (tx) => {
          await found(tx, workspaceId, id)
          const recipients = await pageOfRecipients(tx, of, { state, reason, after, limit: limit + 1 })
          const { rows, next } = pageOf(recipients, limit, (last) => ({
            reason: last.reason,
            dueAt: last.dueAt,
            customerId: last.customerId,
          }))
          const ids = rows.map(({ customerId }) => customerId)
          const messages = await readCampaignMessages(tx, of, ids)
          const customers = await readCustomers(tx, workspaceId, ids)
          const known = new Map(customers.map(({ customer }) => [customer.id, customer]))
          return { rows, next, messages, known }
        })
        const { rows, next, messages, known } = page
        return context.json({
          recipients: rows.map((row) =>
            presentRecipient(row, messages.get(row.customerId), known.get(row.customerId)),
          ),
          next,
        })
      },
    )
