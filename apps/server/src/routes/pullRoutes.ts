import { Hono, type Context } from 'hono'
import type { Connections } from '../connections/createConnections.ts'
import { openSource } from '../connections/openSource.ts'
import { PULL_SHOPS } from '../connections/pullJob.ts'
import { startPulls } from '../connections/startPulls.ts'
import { CicloError } from '../errors.ts'
import { PULLED, type Pulled } from '../platforms/pull/pullSource.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readConnection } from '../store/queries/connections.ts'
import { requestJob } from '../store/queries/jobs.ts'
import { changePulls, readPulls, type PullRow } from '../store/queries/pulls.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { PostWebhook } from '../webhooks/postWebhook.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import { PullRequestSchema, PullsSchema } from './pullSchemas.ts'

const describe = describer('connections', 'There is no such connection')

const present = (row: PullRow) => ({
  resource: row.resource as Pulled,
  state: row.state,
  total: row.total,
  read: row.read,
  applied: row.applied,
  refused: row.refused,
  problems: [...row.problems],
  since: isoOrNull(row.since),
  startedAt: iso(row.startedAt),
  updatedAt: iso(row.updatedAt),
  endedAt: isoOrNull(row.endedAt),
})

export interface PullRoutesOptions {
  store: Store
  connections: Connections
  post: PostWebhook
  now: () => number
  newId: () => string
  onRequested: () => void
}

const idOf = (context: Context<ApiEnvironment>) => context.req.param('id') ?? ''

async function all(tx: ReadTx, context: Context<ApiEnvironment>) {
  const rows = await readPulls(tx, context.get('workspaceId'), idOf(context))
  return {
    pulls: PULLED.flatMap((resource) => rows.filter((row) => row.resource === resource)).map(present),
  }
}

/** The past of a connected shop: fetched, looked at, stopped and gone on with. */
export function createPullRoutes({ store, connections, post, now, newId, onRequested }: PullRoutesOptions) {
  const audit = (context: Context<ApiEnvironment>, action: string, details: Record<string, unknown>) =>
    auditEntry(context, { now, newId }, { action, details: { id: idOf(context), ...details } })

  return new Hono<ApiEnvironment>()
    .get('/:id/pulls', describe('How far the pull of a shop has come', PullsSchema), async (context) =>
      context.json(await store.read((tx) => all(tx, context))),
    )
    .post(
      '/:id/pulls',
      describe('Fetches the past of a shop, or goes on with it', PullsSchema, PullRequestSchema),
      async (context) => {
        const { since, resume } = await bodyOf(context, PullRequestSchema)
        const workspaceId = context.get('workspaceId')
        const id = idOf(context)
        const row = await store.read((tx) => readConnection(tx, workspaceId, id))
        if (!row) throw new CicloError('not-found', `There is no connection ${id}`)
        if (!openSource(post, connections.open(row)))
          throw new CicloError(
            'conflict',
            `The connection ${id} has no address, or no key that opens its API: expected both`,
          )
        const answer = await store.write(async (tx) => {
          const going = resume
            ? await changePulls(tx, workspaceId, id, ['stopped', 'failed'], 'waiting', now())
            : 0
          if (going === 0)
            await startPulls(tx, {
              workspaceId,
              connectionId: id,
              since: since === undefined ? null : Date.parse(since),
              now: now(),
            })
          await requestJob(tx, workspaceId, PULL_SHOPS, now())
          await insertAudit(tx, workspaceId, [
            audit(context, 'pull.started', { since: since ?? null, resume }),
          ])
          return await all(tx, context)
        })
        onRequested()
        return context.json(answer)
      },
    )
    .post('/:id/pulls/stop', describe('Stops after the page under way', PullsSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const answer = await store.write(async (tx) => {
        await changePulls(tx, workspaceId, idOf(context), ['waiting', 'running'], 'stopped', now())
        await insertAudit(tx, workspaceId, [audit(context, 'pull.stopped', {})])
        return await all(tx, context)
      })
      return context.json(answer)
    })
}
