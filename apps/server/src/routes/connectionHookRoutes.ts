import { Hono } from 'hono'
import type { TakeProducts } from '../catalogue/createTakeProducts.ts'
import type { Connection } from '../connections/connection.ts'
import type { Connections } from '../connections/createConnections.ts'
import { takeEvents } from '../connections/takeMapped.ts'
import { describeError } from '../describeError.ts'
import { CicloError } from '../errors.ts'
import { cleanJson } from '../ingest/cleanJson.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { readBytes } from '../ingest/readBody.ts'
import { platforms } from '../platforms/platforms.ts'
import type { Mapped, PlatformDelivery } from '../platforms/platform.ts'
import {
  changeConnection,
  readConnection,
  readDelivery,
  recordDelivery,
  type DeliveryRow,
} from '../store/queries/connections.ts'
import type { Store } from '../store/store.ts'

/** An order of some thousand lines. */
const MOST_BYTES = 5 * 1024 * 1024
/** Whoever plays with a connection's address writes to the store this often at most. */
const PROBLEM_PAUSE = 60_000
const REASON_LENGTH = 300

export interface ConnectionHookOptions {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  connections: Connections
  now: () => number
  /** Takes over what the system lists, in as many transactions as it takes. */
  takeProducts: TakeProducts
}

/**
 * What shop systems tell: `POST /hooks/shops/<workspace>/<connection>`. Answered 401 where it is not signed by the
 * connection's secret, 400 where it is not JSON, and 200 when it is stored, also the second time, or when it is signed
 * and not what its topic promises: then with why nothing follows from it.
 */
export function createConnectionHookRoutes(options: ConnectionHookOptions): Hono {
  const { store, ingest, connections, now, takeProducts } = options
  const lastProblems = new Map<string, number>()

  const note = async ({ workspaceId, id }: Connection, error: unknown) => {
    const key = `${workspaceId}/${id}`
    const at = now()
    if (at - (lastProblems.get(key) ?? 0) < PROBLEM_PAUSE) return
    lastProblems.set(key, at)
    const problem = describeError(error).slice(0, REASON_LENGTH)
    await store.write((tx) => changeConnection(tx, workspaceId, id, { problem, problemAt: at }))
  }

  const open = async (workspaceId: string, id: string): Promise<Connection> => {
    const row = await store.read((tx) => readConnection(tx, workspaceId, id))
    if (!row) throw new CicloError('not-found', 'There is no such connection')
    if (!row.active) throw new CicloError('forbidden', 'The connection is switched off')
    return connections.open(row)
  }

  const map = async (
    connection: Connection,
    { topic, payload, at }: PlatformDelivery,
  ): Promise<Mapped | { refused: CicloError }> => {
    const context = await store.read((tx) => connections.contextOf(tx, connection, at))
    try {
      const clean = cleanJson(payload, 'payload')
      if (!clean.ok) throw new CicloError('bad-request', clean.message)
      return platforms[connection.platform].map(topic, clean.value, context)
    } catch (error) {
      if (error instanceof CicloError && error.status === 400) return { refused: error }
      throw error
    }
  }

  const rowOf = (
    { workspaceId, id: connectionId }: Connection,
    { id, topic }: PlatformDelivery,
    state: DeliveryRow['state'],
    reason: string | undefined,
    counts = { events: 0, products: 0 },
  ): DeliveryRow => ({
    workspaceId,
    connectionId,
    id,
    topic: topic.slice(0, 100),
    state,
    reason: reason?.slice(0, REASON_LENGTH) ?? null,
    ...counts,
    receivedAt: now(),
  })

  const keep = async (connection: Connection, delivery: PlatformDelivery, mapped: Mapped) => {
    const { workspaceId, id: connectionId } = connection
    const { events, products, ignored } = mapped
    const taken = await takeEvents(ingest, workspaceId, mapped, 'secret', now())
    const state = events.length + products.length > 0 ? ('taken' as const) : ('ignored' as const)
    if (products.length > 0) await takeProducts(workspaceId, products)
    await store.write(async (tx) => {
      // Last: what was not taken over to its end is to be told again, and each of its events counts once.
      await recordDelivery(
        tx,
        rowOf(connection, delivery, state, ignored, { events: events.length, products: products.length }),
      )
      await changeConnection(tx, workspaceId, connectionId, { heardAt: now() })
    })
    return {
      state,
      events: taken.applied,
      repeated: taken.duplicate,
      products: products.length,
      ...(ignored ? { ignored } : {}),
    }
  }

  return new Hono().post('/hooks/shops/:workspace/:connection', async (context) => {
    const { req } = context
    const connection = await open(req.param('workspace'), req.param('connection'))
    const raw = await readBytes(req.raw, MOST_BYTES)
    const { workspaceId, id: connectionId, platform, secrets } = connection
    try {
      const delivery = platforms[platform].readDelivery({
        raw,
        header: (name) => req.header(name),
        secret: secrets.secret,
        now: now(),
      })
      if (!delivery) return context.json({ state: 'ignored', events: 0, repeated: 0, products: 0 })
      const before = await store.read((tx) => readDelivery(tx, workspaceId, connectionId, delivery.id))
      if (before && before.state !== 'refused')
        return context.json({ state: before.state, events: 0, repeated: before.events, products: 0 })
      const mapped = await map(connection, delivery)
      if (!('refused' in mapped)) return context.json(await keep(connection, delivery, mapped))
      await note(connection, mapped.refused)
      await store.write((tx) =>
        recordDelivery(tx, rowOf(connection, delivery, 'refused', mapped.refused.message)),
      )
      // Signed, and no better the next time: systems take away webhooks that are answered with errors.
      return context.json({
        state: 'refused',
        events: 0,
        repeated: 0,
        products: 0,
        reason: mapped.refused.message,
      })
    } catch (error) {
      await note(connection, error)
      throw error
    }
  })
}
