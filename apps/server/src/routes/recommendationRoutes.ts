import { normaliseEmail } from '@ciclo/engine'
import { Hono } from 'hono'
import { CicloError } from '../errors.ts'
import { BUILD_RECOMMENDATIONS } from '../recommendations/recommendationsJob.ts'
import { recommend } from '../recommendations/recommend.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readListed } from '../store/queries/catalogue.ts'
import { findCustomers, readCustomer } from '../store/queries/customers.ts'
import { readJobs, requestJob } from '../store/queries/jobs.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { describer, query } from './describeApi.ts'
import { isoOrNull } from './iso.ts'
import { idsIn, presentRecommendation } from './presentRecommendation.ts'
import {
  BuildRequestedSchema,
  BuildSchema,
  BuiltSchema,
  RecommendationQuerySchema,
  RecommendationsAboutSchema,
} from './recommendationSchemas.ts'

const describe = describer('recommendations', 'There is no such customer')

export interface RecommendationRoutesOptions {
  store: Store
  now: () => number
  newId: () => string
  onRequested: () => void
}

async function customerIdOf(
  tx: ReadTx,
  workspaceId: string,
  {
    customerId,
    email,
    userId,
  }: { customerId?: string | undefined; email?: string | undefined; userId?: string | undefined },
): Promise<string | undefined> {
  if (customerId === undefined && email === undefined && userId === undefined) return undefined
  const address = email === undefined ? undefined : normaliseEmail(email)
  const [found] =
    customerId !== undefined
      ? [await readCustomer(tx, workspaceId, customerId)]
      : await findCustomers(
          tx,
          workspaceId,
          userId !== undefined ? { kind: 'userId', value: userId } : { kind: 'email', value: address ?? '' },
        )
  if (!found) throw new CicloError('not-found', `There is no customer ${customerId ?? userId ?? email}`)
  return found.customer.id
}

/** What goes with what, and what to show to whom. */
export function createRecommendationRoutes({ store, now, newId, onRequested }: RecommendationRoutesOptions) {
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe(
        'Products to show to a customer, or beside others, each with its reason',
        RecommendationsAboutSchema,
      ),
      query(RecommendationQuerySchema),
      async (context) => {
        const { productId, kind, limit, ...who } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const productIds = idsIn(productId)
        const { found, about } = await store.read(async (tx) => {
          const customerId = await customerIdOf(tx, workspaceId, who)
          if (kind === 'viewed' && customerId === undefined)
            throw new CicloError(
              'bad-request',
              'kind: given viewed, expected a customer: customerId, email or userId',
            )
          return {
            found: await recommend(tx, workspaceId, {
              productIds,
              kind,
              limit,
              now: now(),
              ...(customerId === undefined ? {} : { customerId }),
            }),
            about: await readListed(tx, workspaceId, productIds),
          }
        })
        return context.json({
          recommendations: found.map(presentRecommendation),
          about: [...about].map(([id, { name }]) => ({ id, name: name ?? id })),
        })
      },
    )
    .get('/build', describe('When they were made and of what', BuildSchema), async (context) => {
      const jobs = await store.read((tx) => readJobs(tx, context.get('workspaceId')))
      const job = jobs.find(({ name }) => name === BUILD_RECOMMENDATIONS)
      const isRunning = (job?.leaseUntil ?? 0) > now()
      return context.json({
        isUnderWay: isRunning || (job !== undefined && job.dueAt <= now()),
        madeAt: isoOrNull(job?.endedAt ?? null),
        made: BuiltSchema.safeParse(job?.result).data ?? null,
        error: job?.error ?? null,
      })
    })
    .post('/build', describe('Makes them anew, now', BuildRequestedSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      await store.write(async (tx) => {
        await requestJob(tx, workspaceId, BUILD_RECOMMENDATIONS, now())
        const details = { job: BUILD_RECOMMENDATIONS }
        await insertAudit(tx, workspaceId, [
          auditEntry(context, { now, newId }, { action: 'recommendations.requested', details }),
        ])
      })
      onRequested()
      return context.json({ requested: true })
    })
}
