import { Hono, type Context } from 'hono'
import { CicloError } from '../errors.ts'
import { keptResponse } from '../mail/smtpFailure.ts'
import { createSeal } from '../sending/createSeal.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readSettings } from '../store/queries/settings.ts'
import {
  deleteSubscription,
  listSubscriptions,
  readSubscription,
  saveSubscription,
  type SubscriptionRow,
} from '../store/queries/subscriptions.ts'
import { replayDead } from '../store/queries/webhooks.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { changeSubscription } from '../subscriptions/changeSubscription.ts'
import type { Deliver } from '../subscriptions/createDeliver.ts'
import { sampleDelivery } from '../subscriptions/sample.ts'
import { SubscriptionChangeSchema } from '../subscriptions/subscription.ts'
import { webhookSecret } from '../webhooks/webhookSecret.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { secretBodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import {
  DeletedSubscriptionSchema,
  ReplayedSchema,
  SubscriptionSchema,
  SubscriptionsSchema,
  SubscriptionTestSchema,
} from './subscriptionSchemas.ts'

const describe = describer('subscriptions', 'There is no such subscription')

/** Each costs a row for every event that it hears. */
const MOST = 50
const REPLAYED_AT_ONCE = 500

const present = (row: SubscriptionRow) =>
  SubscriptionSchema.parse({
    ...row,
    hasToken: row.format === 'chatwoot' && row.secret !== null,
    problemAt: isoOrNull(row.problemAt),
    failingSince: isoOrNull(row.failingSince),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  })

async function found(tx: ReadTx, workspaceId: string, id: string): Promise<SubscriptionRow> {
  const row = await readSubscription(tx, workspaceId, id)
  if (!row) throw new CicloError('not-found', `There is no subscription ${id}`)
  return row
}

export interface SubscriptionRoutesOptions {
  store: Store
  secret: string
  deliver: Deliver
  now: () => number
  newId: () => string
  /** Some are due that were at their end. */
  onReplayed: () => void
}

/** Who is told of which events: set up, tried out, told again. */
export function createSubscriptionRoutes(options: SubscriptionRoutesOptions) {
  const { store, secret, deliver, now, newId, onReplayed } = options
  const seal = createSeal(secret)
  const auditOf = (context: Context<ApiEnvironment>, action: string, row: SubscriptionRow) =>
    auditEntry(
      context,
      { now, newId },
      {
        action: `subscription.${action}`,
        details: { subscription: row.id, name: row.name, format: row.format, to: new URL(row.url).host },
      },
    )

  const save = async (context: Context<ApiEnvironment>, id: string, isNew: boolean) => {
    const workspaceId = context.get('workspaceId')
    const change = await secretBodyOf(context, SubscriptionChangeSchema)
    const row = await store.write(async (tx) => {
      await lockWorkspace(tx, workspaceId)
      if (isNew && (await listSubscriptions(tx, workspaceId)).length >= MOST)
        throw new CicloError('conflict', `There are ${MOST} subscriptions already: expected fewer`)
      const before = isNew ? undefined : await found(tx, workspaceId, id)
      const after = changeSubscription(seal, workspaceId, { id, before, now: now() }, change)
      await saveSubscription(tx, after)
      await insertAudit(tx, workspaceId, [auditOf(context, isNew ? 'created' : 'changed', after)])
      return after
    })
    return context.json(present(row))
  }

  return new Hono<ApiEnvironment>()
    .get('/', describe('Who is told of which events', SubscriptionsSchema), async (context) => {
      const rows = await store.read((tx) => listSubscriptions(tx, context.get('workspaceId')))
      return context.json({ subscriptions: rows.map(present) })
    })
    .post(
      '/',
      describe('Has a server told of events from now on', SubscriptionSchema, SubscriptionChangeSchema),
      async (context) => await save(context, newId(), true),
    )
    .get('/:id', describe('One subscription', SubscriptionSchema), async (context) =>
      context.json(
        present(await store.read((tx) => found(tx, context.get('workspaceId'), context.req.param('id')))),
      ),
    )
    .put(
      '/:id',
      describe('Changes a subscription', SubscriptionSchema, SubscriptionChangeSchema),
      async (context) => await save(context, context.req.param('id'), false),
    )
    .delete(
      '/:id',
      describe('Ends a subscription: what still waits is not told', DeletedSubscriptionSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        await store.write(async (tx) => {
          const row = await found(tx, workspaceId, id)
          await deleteSubscription(tx, workspaceId, id)
          await insertAudit(tx, workspaceId, [auditOf(context, 'deleted', row)])
        })
        return context.json({ deleted: true as const })
      },
    )
    .post(
      '/:id/test',
      describe('Tells of an invented event now, and says what was answered', SubscriptionTestSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { row, version } = await store.read(async (tx) => ({
          row: await found(tx, workspaceId, context.req.param('id')),
          version: (await readSettings(tx, workspaceId)).webhookSecretVersion,
        }))
        const sample = sampleDelivery(`msg_test_${newId()}`, row.events[0] ?? 'Order Completed', now())
        const answer = await deliver(row, sample, webhookSecret(secret, workspaceId, version))
        const isAnswered = answer.kind === 'answered'
        return context.json({
          taken: isAnswered && answer.status >= 200 && answer.status < 300,
          status: isAnswered ? answer.status : null,
          answer: keptResponse(isAnswered ? answer.text.trim() : answer.reason),
        })
      },
    )
    .post(
      '/:id/replay',
      describe('Tells once more, now, what could never be delivered', ReplayedSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const row = await store.read((tx) => found(tx, workspaceId, id))
        if (!row.active)
          throw new CicloError('conflict', `The subscription ${id} is switched off: expected one that is on`)
        let replayed = 0
        for (;;) {
          const page = await store.write((tx) =>
            replayDead(tx, workspaceId, id, { now: now(), limit: REPLAYED_AT_ONCE }),
          )
          replayed += page
          if (page < REPLAYED_AT_ONCE) break
        }
        await store.write((tx) => insertAudit(tx, workspaceId, [auditOf(context, 'replayed', row)]))
        onReplayed()
        return context.json({ replayed })
      },
    )
}
