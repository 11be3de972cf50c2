import { ProductFeedSchema } from '../routes/productFeedSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { count } from './progress.ts'
import { harmless } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'

export interface ProductFeedFlags {
  off: boolean
  now: boolean
  currency?: string
}

async function change(
  { request }: ApiTarget,
  url: string | undefined,
  { off, now, currency }: ProductFeedFlags,
) {
  if (off) return await request('DELETE', '/product-feed')
  if (url !== undefined)
    return await request('PUT', '/product-feed', { url, ...(currency ? { currency } : {}) })
  return now ? await request('POST', '/product-feed/read') : await request('GET', '/product-feed')
}

/** Sets, reads or removes the address of a shop's feed, and says what came of it last. */
export async function productFeed(
  target: ApiTarget,
  url: string | undefined,
  flags: ProductFeedFlags,
  say: Surroundings['say'],
): Promise<void> {
  const { feed } = ProductFeedSchema.parse(await (await change(target, url, flags)).json())
  if (!feed) return say('No feed is read.')
  say(`Reads ${harmless(feed.url)} once an hour, while the server runs.`)
  if (url !== undefined || flags.now) say('It is read now.')
  say(`  asked for last   ${feed.readAt ?? 'never'}`)
  say(`  changed last     ${feed.changedAt ?? 'never'}`)
  if (feed.problem !== null) say(`  problem          ${harmless(feed.problem)}`)
  say(`  changed          ${count(feed.changed)}`)
  say(`  unchanged        ${count(feed.unchanged)}`)
  say(`  refused          ${count(feed.refused)}`)
  for (const problem of feed.problems) say(`    row ${harmless(problem)}`)
}
