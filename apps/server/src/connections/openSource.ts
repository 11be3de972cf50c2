import type { PullSource, Retry } from '../platforms/pull/pullSource.ts'
import { createShopifySource } from '../platforms/shopify/createShopifySource.ts'
import { createWooSource } from '../platforms/woocommerce/createWooSource.ts'
import type { PostWebhook } from '../webhooks/postWebhook.ts'
import type { Connection } from './connection.ts'

/** How a connection's API is read; undefined where it has none, or nobody has given what opens it. */
export function openSource(
  post: PostWebhook,
  {
    platform,
    address,
    secrets: { token, key, keySecret },
  }: Pick<Connection, 'platform' | 'address' | 'secrets'>,
  retry: Retry = (ask) => ask(),
): PullSource | undefined {
  if (address === null) return undefined
  if (platform === 'shopify' && token !== null) return createShopifySource(post, { address, token }, retry)
  if (platform === 'woocommerce' && key !== null && keySecret !== null)
    return createWooSource(post, { address, key, keySecret }, retry)
  return undefined
}
