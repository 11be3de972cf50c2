import { Hono } from 'hono'
import { READ_PRODUCT_FEED } from '../catalogue/productFeedJob.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { requestJob } from '../store/queries/jobs.ts'
import { deleteProductFeed, readProductFeed, setProductFeed } from '../store/queries/productFeeds.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { isoOrNull } from './iso.ts'
import { ProductFeedRequestSchema, ProductFeedSchema } from './productFeedSchemas.ts'

const describe = describer('products', 'There is no feed')

export interface ProductFeedRoutesOptions {
  store: Store
  now: () => number
  newId: () => string
  onRequested: () => void
}

async function shownFeed(tx: ReadTx, workspaceId: string) {
  const row = await readProductFeed(tx, workspaceId)
  if (!row) return { feed: null }
  const { url, currency, readAt, changedAt, changed, unchanged, refused, problems, problem } = row
  const times = { readAt: isoOrNull(readAt), changedAt: isoOrNull(changedAt) }
  return { feed: { url, currency, ...times, changed, unchanged, refused, problems: [...problems], problem } }
}

/** Where the shop keeps a feed of its products, and what came of reading it. */
export function createProductFeedRoutes({ store, now, newId, onRequested }: ProductFeedRoutesOptions) {
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Where the feed is, and what came of reading it last', ProductFeedSchema),
      async (context) => context.json(await store.read((tx) => shownFeed(tx, context.get('workspaceId')))),
    )
    .put(
      '/',
      describe(
        'Sets the address of a feed (Google Merchant XML, or a table), read now and once an hour',
        ProductFeedSchema,
        ProductFeedRequestSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { url, currency = null } = await bodyOf(context, ProductFeedRequestSchema)
        const shown = await store.write(async (tx) => {
          await setProductFeed(tx, workspaceId, { url, currency, now: now() })
          await requestJob(tx, workspaceId, READ_PRODUCT_FEED, now())
          const details = { host: new URL(url).host }
          await insertAudit(tx, workspaceId, [
            auditEntry(context, { now, newId }, { action: 'product-feed.set', details }),
          ])
          return await shownFeed(tx, workspaceId)
        })
        onRequested()
        return context.json(shown)
      },
    )
    .post('/read', describe('Reads it now', ProductFeedSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const shown = await store.write(async (tx) => {
        const found = await shownFeed(tx, workspaceId)
        if (found.feed === null) throw new CicloError('not-found', 'There is no feed: give its address first')
        await requestJob(tx, workspaceId, READ_PRODUCT_FEED, now())
        return found
      })
      onRequested()
      return context.json(shown)
    })
    .delete('/', describe('Reads it no more; the products stay', ProductFeedSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      await store.write(async (tx) => {
        if (!(await readProductFeed(tx, workspaceId))) throw new CicloError('not-found', 'There is no feed')
        await deleteProductFeed(tx, workspaceId)
        await insertAudit(tx, workspaceId, [
          auditEntry(context, { now, newId }, { action: 'product-feed.removed', details: {} }),
        ])
      })
      return context.json({ feed: null })
    })
}
