import { Hono } from 'hono'
import {
  readJobs,
  REFRESH_CURVE,
  REFRESH_PREDICTIONS,
  requestJob,
  UNASKED,
  type JobRow,
} from '../store/queries/jobs.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { JobsSchema, RefreshSchema } from './modelSchemas.ts'
import { iso, isoOrNull } from './iso.ts'

const describe = describer('insight', 'There is no such job')

export interface JobRoutesOptions {
  store: Store
  now: () => number
  /** Something is due that was not. */
  onRequested: () => void
}

/** The work over all customers: how it stands, and doing it now instead of at its time. */
export function createJobRoutes({ store, now, onRequested }: JobRoutesOptions) {
  const present = ({ name, dueAt, progress, endedAt, result, error, leaseUntil }: JobRow) => ({
    name,
    dueAt: dueAt >= UNASKED ? null : iso(dueAt),
    isRunning: leaseUntil !== null && leaseUntil > now(),
    progress,
    endedAt: isoOrNull(endedAt),
    result,
    error,
  })
  const jobsOf = async (workspaceId: string) => ({
    jobs: (await store.read((tx) => readJobs(tx, workspaceId))).map(present),
  })

  return new Hono<ApiEnvironment>()
    .get(
      '/jobs',
      describe('The jobs over all customers, and how their last runs ended', JobsSchema),
      async (context) => context.json(await jobsOf(context.get('workspaceId'))),
    )
    .post(
      '/refresh',
      describe('Draws curve, lines and predictions anew, now', JobsSchema, RefreshSchema),
      async (context) => {
        const { what } = await bodyOf(context, RefreshSchema, { mayBeEmpty: true })
        const workspaceId = context.get('workspaceId')
        const name = what === 'curve' ? REFRESH_CURVE : REFRESH_PREDICTIONS
        await store.write((tx) => requestJob(tx, workspaceId, name, now()))
        onRequested()
        return context.json(await jobsOf(workspaceId), 202)
      },
    )
}
