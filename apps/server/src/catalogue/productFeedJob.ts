import { createHash } from 'node:crypto'
import { HOUR, type CatalogueItem } from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import type { Job } from '../loops/jobs.ts'
import { readProductFeed, saveProductFeed, type ProductFeedRow } from '../store/queries/productFeeds.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { PostWebhook, WebhookAnswer } from '../webhooks/postWebhook.ts'
import type { TakeProducts } from './createTakeProducts.ts'
import { readFeedText } from './feeds/readFeedText.ts'

export const READ_PRODUCT_FEED = 'read-product-feed'

/** Some 100,000 products; a longer one goes by `ciclo products import`, in flat memory. */
const MOST_BYTES = 50 * 1024 * 1024
const TAKEN_AT_ONCE = 200
const PROBLEMS_KEPT = 20

type Found = { text: string; etag: string | null } | { isAsBefore: true } | { problem: string }

function judge(answer: WebhookAnswer): Found {
  if (answer.kind !== 'answered') return { problem: answer.reason }
  const { status, text, header, isCut = false } = answer
  if (status === 304) return { isAsBefore: true }
  if (status >= 300 && status < 400)
    return { problem: `answered ${status}: give the address that it leads to` }
  if (status !== 200) return { problem: `answered ${status}, expected the feed` }
  if (isCut) return { problem: 'the answer broke off before its end' }
  // What is cut off is not taken for a whole.
  if (Buffer.byteLength(text) >= MOST_BYTES)
    return { problem: `has more than ${MOST_BYTES} bytes: take it over by "ciclo products import"` }
  return { text, etag: header ?? null }
}

export interface ProductFeedJobOptions {
  store: Store
  takeProducts: TakeProducts
  /** Through the guard of outgoing requests, with the patience that a long answer takes. */
  post: PostWebhook
  now: () => number
}

/**
 * Reads the feed at the address that the shop has given, once an hour and when somebody asks. One that is as it was is
 * not looked through; one that cannot be read changes nothing, and the next hour tries again.
 */
export function createProductFeedJob({ store, takeProducts, post, now }: ProductFeedJobOptions): Job {
  const takeAll = async (
    { workspaceId, url, currency }: ProductFeedRow,
    text: string,
    signal: AbortSignal,
  ) => {
    const settings = await store.read((tx) => readSettings(tx, workspaceId))
    const at = now()
    const counts = { changed: 0, unchanged: 0, refused: 0 }
    const problems: string[] = []
    let items: CatalogueItem[] = []
    const take = async () => {
      signal.throwIfAborted()
      const changed = await takeProducts(workspaceId, items)
      counts.changed += changed.length
      counts.unchanged += items.length - changed.length
      items = []
    }
    const reading = { at, currency: currency ?? settings.currency }
    for await (const one of readFeedText(new URL(url).host, text, reading)) {
      if ('problem' in one) {
        counts.refused += 1
        if (problems.length < PROBLEMS_KEPT) problems.push(`${one.row}: ${one.problem}`.slice(0, 300))
        continue
      }
      items.push({ ...one.item, updatedAt: at })
      if (items.length === TAKEN_AT_ONCE) await take()
    }
    await take()
    return { ...counts, problems }
  }

  return {
    name: READ_PRODUCT_FEED,
    every: HOUR,
    async run({ workspaceId, signal }) {
      const feed = await store.read((tx) => readProductFeed(tx, workspaceId))
      if (!feed) return {}
      const save = (change: Parameters<typeof saveProductFeed>[2]) =>
        store.write((tx) => saveProductFeed(tx, feed, { readAt: now(), problem: null, ...change }))
      const headers = feed.etag === null ? {} : { 'if-none-match': feed.etag }
      const found = judge(
        await post({ method: 'GET', url: feed.url, headers, body: '', mostRead: MOST_BYTES, wanted: 'etag' }),
      )
      if ('problem' in found) {
        await save({ problem: found.problem.slice(0, 300) })
        return { failed: 1 }
      }
      const hash = 'text' in found ? createHash('sha256').update(found.text).digest('hex') : feed.hash
      if ('isAsBefore' in found || hash === feed.hash) {
        await save('etag' in found ? { etag: found.etag } : {})
        return { unchanged: 1 }
      }
      try {
        const read = await takeAll(feed, found.text, signal)
        await save({ ...read, etag: found.etag, hash, changedAt: now() })
        return { changed: read.changed, refused: read.refused }
      } catch (error) {
        if (!(error instanceof CicloError) || error.status !== 400) throw error
        await save({ problem: error.message.slice(0, 300) })
        return { failed: 1 }
      }
    },
  }
}
