import { SettingsSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { changeSettings, readSettings } from '../store/queries/settings.ts'
import {
  pageOfWebhooks,
  readWebhook,
  replayWebhook,
  retryWebhook,
  type WebhookRow,
} from '../store/queries/webhooks.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { webhookSecret } from '../webhooks/webhookSecret.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import {
  WebhookDetailSchema,
  WebhookSecretSchema,
  WebhooksQuerySchema,
  WebhooksSchema,
} from './webhookSchemas.ts'

const describe = describer('webhooks', 'There is no such webhook')
const PlaceSchema = z.object({ createdAt: z.int(), id: z.string() })

const present = (webhook: WebhookRow) => ({
  id: webhook.id,
  url: webhook.url,
  state: webhook.state,
  reason: webhook.reason,
  status: webhook.status,
  attempts: webhook.attempts,
  customerId: webhook.customerId,
  journey: webhook.journeyId,
  step: webhook.stepId,
  enrolment: webhook.enrolmentId,
  subscription: webhook.subscriptionId,
  event: webhook.event,
  createdAt: iso(webhook.createdAt),
  dueAt: isoOrNull(webhook.endedAt === null ? webhook.dueAt : null),
  endedAt: isoOrNull(webhook.endedAt),
})

const presentAll = (webhook: WebhookRow) => ({
  ...present(webhook),
  body: webhook.body as Record<string, unknown>,
})

async function found(tx: ReadTx, workspaceId: string, id: string): Promise<WebhookRow> {
  const webhook = await readWebhook(tx, workspaceId, id)
  if (!webhook) throw new CicloError('not-found', `There is no webhook ${id}`)
  return webhook
}

export interface WebhookRoutesOptions {
  store: Store
  secret: string
  now: () => number
  newId: () => string
  /** One is due that was at its end. */
  onRetried: () => void
}

/** What journeys and subscriptions tell other servers, and the secret by which these know that it is true. */
export function createWebhookRoutes({ store, secret, now, newId, onRetried }: WebhookRoutesOptions) {
  const auditOf = (context: Context<ApiEnvironment>, action: string, details: Record<string, unknown>) =>
    auditEntry(context, { now, newId }, { action, details })
  const presentSecret = (workspaceId: string, version: number) => ({
    secret: webhookSecret(secret, workspaceId, version),
    version,
  })

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Webhooks, newest first', WebhooksSchema),
      query(WebhooksQuerySchema),
      async (context) => {
        const { cursor, limit, ...filter } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(PlaceSchema, cursor)
        const webhooks = await store.read((tx) =>
          pageOfWebhooks(tx, workspaceId, { state: undefined, ...filter, after, limit: limit + 1 }),
        )
        const { rows, next } = pageOf(webhooks, limit, ({ createdAt, id }) => ({ createdAt, id }))
        return context.json({ webhooks: rows.map(present), next })
      },
    )
    .get('/secret', describe('The secret that signs webhooks', WebhookSecretSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const { webhookSecretVersion } = await store.read((tx) => readSettings(tx, workspaceId))
      return context.json(presentSecret(workspaceId, webhookSecretVersion))
    })
    .post(
      '/secret/renew',
      describe('A new secret: everything from now on is signed with it alone', WebhookSecretSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const version = await store.write(async (tx) => {
          const { webhookSecretVersion } = await changeSettings(tx, workspaceId, now(), (stored) => ({
            ...stored,
            webhookSecretVersion: SettingsSchema.parse(stored).webhookSecretVersion + 1,
          }))
          const details = { version: webhookSecretVersion }
          await insertAudit(tx, workspaceId, [auditOf(context, 'webhook-secret.renewed', details)])
          return webhookSecretVersion
        })
        return context.json(presentSecret(workspaceId, version))
      },
    )
    .get('/:id', describe('One webhook, with what it says', WebhookDetailSchema), async (context) =>
      context.json(
        presentAll(await store.read((tx) => found(tx, context.get('workspaceId'), context.req.param('id')))),
      ),
    )
    .post(
      '/:id/retry',
      describe('Sends one that was refused or given up once more, now', WebhookDetailSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const webhook = await store.write(async (tx) => {
          if (!(await retryWebhook(tx, workspaceId, id, now()))) {
            const { state } = await found(tx, workspaceId, id)
            throw new CicloError('conflict', `The webhook ${id} is ${state}, expected refused or dead`)
          }
          await insertAudit(tx, workspaceId, [auditOf(context, 'webhook.retried', { id })])
          return await found(tx, workspaceId, id)
        })
        onRetried()
        return context.json(presentAll(webhook))
      },
    )
    .post(
      '/:id/replay',
      describe('Tells one that has come to its end once more, also if it was delivered', WebhookDetailSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const webhook = await store.write(async (tx) => {
          if (!(await replayWebhook(tx, workspaceId, id, now()))) {
            const { state } = await found(tx, workspaceId, id)
            throw new CicloError(
              'conflict',
              `The webhook ${id} is ${state}, expected delivered, refused or dead`,
            )
          }
          await insertAudit(tx, workspaceId, [auditOf(context, 'webhook.replayed', { id })])
          return await found(tx, workspaceId, id)
        })
        onRetried()
        return context.json(presentAll(webhook))
      },
    )
}
