import { Hono, type Context } from 'hono'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { ConnectionSecrets } from '../connections/connection.ts'
import type { Connections } from '../connections/createConnections.ts'
import { CicloError } from '../errors.ts'
import { TOPICS, type PlatformName } from '../platforms/platforms.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  changeConnection,
  deleteConnection,
  insertConnection,
  pageOfDeliveries,
  readConnection,
  readConnections,
  type ConnectionRow,
} from '../store/queries/connections.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import {
  ConnectionAnswerSchema,
  ConnectionChangeSchema,
  ConnectionMadeSchema,
  ConnectionRequestSchema,
  ConnectionsSchema,
  DeliveriesQuerySchema,
  DeliveriesSchema,
  RemovedConnectionSchema,
} from './connectionSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'

const describe = describer('connections', 'There is no such connection')
const PlaceSchema = z.object({ receivedAt: z.int(), id: z.string() })

const NAMES: Readonly<Record<PlatformName, string>> = {
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  generic: 'Shop',
}

export interface ConnectionRoutesOptions {
  store: Store
  connections: Connections
  publicUrl: () => string
  now: () => number
  newId: () => string
}

/** A new one, as Standard Webhooks writes them: every system takes it as text. */
const newSecret = () => `whsec_${randomBytes(24).toString('base64')}`

async function found(tx: ReadTx, context: Context<ApiEnvironment>): Promise<ConnectionRow> {
  const id = context.req.param('id') ?? ''
  const row = await readConnection(tx, context.get('workspaceId'), id)
  if (!row) throw new CicloError('not-found', `There is no connection ${id}`)
  return row
}

/** The shop systems that a workspace listens to. Their secrets come in, and never out again. */
export function createConnectionRoutes(options: ConnectionRoutesOptions) {
  const { store, connections, publicUrl, now, newId } = options

  const present = (row: ConnectionRow) => {
    const { platform, address, secrets } = connections.open(row)
    const { workspaceId, id, name, active } = row
    const canPull =
      address !== null &&
      ((platform === 'shopify' && secrets.token !== null) ||
        (platform === 'woocommerce' && secrets.key !== null && secrets.keySecret !== null))
    return {
      id,
      platform,
      name,
      address,
      active,
      url: `${publicUrl()}/hooks/shops/${encodeURIComponent(workspaceId)}/${id}`,
      topics: [...TOPICS[platform]],
      canPull,
      knowsIds: secrets.knowsIds,
      heardAt: isoOrNull(row.heardAt),
      problem: row.problem,
      problemAt: isoOrNull(row.problemAt),
      createdAt: iso(row.createdAt),
    }
  }

  const audit = (context: Context<ApiEnvironment>, action: string, details: Record<string, unknown>) =>
    auditEntry(context, { now, newId }, { action, details })

  return new Hono<ApiEnvironment>()
    .get('/', describe('The shop systems that are connected', ConnectionsSchema), async (context) => {
      const rows = await store.read((tx) => readConnections(tx, context.get('workspaceId')))
      return context.json({ connections: rows.map(present) })
    })
    .post(
      '/',
      describe('Connects a shop system', ConnectionMadeSchema, ConnectionRequestSchema),
      async (context) => {
        const request = await bodyOf(context, ConnectionRequestSchema)
        const { platform, secret: given, name = NAMES[platform], address, ...rest } = request
        if (platform === 'shopify' && given === undefined)
          throw new CicloError(
            'bad-request',
            'secret: expected what Shopify signs webhooks with: the client secret of the app, or the key below Settings, Notifications, Webhooks',
          )
        const workspaceId = context.get('workspaceId')
        const secrets: ConnectionSecrets = { ...rest, secret: given ?? newSecret() }
        const id = newId()
        const at = now()
        const row: ConnectionRow = {
          workspaceId,
          id,
          platform,
          name,
          address,
          credentials: connections.close(workspaceId, id, secrets),
          active: true,
          heardAt: null,
          problem: null,
          problemAt: null,
          createdAt: at,
          updatedAt: at,
        }
        await store.write(async (tx) => {
          const others = await readConnections(tx, workspaceId)
          // Two shops count their orders from 1: one workspace is one shop.
          if (others.some((other) => other.platform === platform))
            throw new CicloError(
              'conflict',
              `platform: this workspace has a connection of ${NAMES[platform]} already; another shop is another workspace`,
            )
          await insertConnection(tx, row)
          await insertAudit(tx, workspaceId, [audit(context, 'connection.created', { id, platform, name })])
        })
        return context.json({ ...present(row), secret: given === undefined ? secrets.secret : null })
      },
    )
    .get('/:id', describe('One connection', ConnectionAnswerSchema), async (context) =>
      context.json(present(await store.read((tx) => found(tx, context)))),
    )
    .patch(
      '/:id',
      describe(
        'Changes a connection: what is left out stays',
        ConnectionAnswerSchema,
        ConnectionChangeSchema,
      ),
      async (context) => {
        const { name, address, active, ...secrets } = await bodyOf(context, ConnectionChangeSchema)
        const workspaceId = context.get('workspaceId')
        const row = await store.write(async (tx) => {
          const before = await found(tx, context)
          const stated = Object.fromEntries(
            Object.entries(secrets).filter(([, value]) => value !== undefined),
          )
          const opened = { ...connections.open(before).secrets, ...stated }
          await changeConnection(tx, workspaceId, before.id, {
            ...(name === undefined ? {} : { name }),
            ...(address === undefined ? {} : { address }),
            ...(active === undefined ? {} : { active }),
            credentials: connections.close(workspaceId, before.id, opened),
            // What was wrong may be mended by it.
            problem: null,
            problemAt: null,
            updatedAt: now(),
          })
          const changed = [name, address, active].some((value) => value !== undefined)
          await insertAudit(tx, workspaceId, [
            audit(context, 'connection.changed', {
              id: before.id,
              changed: [...(changed ? ['settings'] : []), ...Object.keys(stated)],
            }),
          ])
          return await found(tx, context)
        })
        return context.json(present(row))
      },
    )
    .delete(
      '/:id',
      describe('Ends a connection: what it has told stays', RemovedConnectionSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        await store.write(async (tx) => {
          if (!(await deleteConnection(tx, workspaceId, id)))
            throw new CicloError('not-found', `There is no connection ${id}`)
          await insertAudit(tx, workspaceId, [audit(context, 'connection.deleted', { id })])
        })
        return context.json({ removed: id })
      },
    )
    .get(
      '/:id/deliveries',
      describe('What came from it, newest first: 30 days', DeliveriesSchema),
      query(DeliveriesQuerySchema),
      async (context) => {
        const { cursor, limit, state } = context.req.valid('query')
        const after = decodeCursor(PlaceSchema, cursor)
        const rows = await store.read(async (tx) => {
          const { workspaceId, id } = await found(tx, context)
          return await pageOfDeliveries(tx, workspaceId, id, { state, after, limit: limit + 1 })
        })
        const page = pageOf(rows, limit, ({ receivedAt, id }) => ({ receivedAt, id }))
        return context.json({
          deliveries: page.rows.map(({ id, topic, state: ended, reason, events, products, receivedAt }) => ({
            id,
            topic,
            state: ended,
            reason,
            events,
            products,
            receivedAt: iso(receivedAt),
          })),
          next: page.next,
        })
      },
    )
}
