import type { Post, PostWebhook } from '../../webhooks/postWebhook.ts'
import { shopRefuses, shopUnavailable } from './pullSource.ts'

/** A page of a hundred orders of some hundred lines each. */
const MOST_BYTES = 20 * 1024 * 1024
const SECOND = 1_000
const LONGEST_WISH = 600 * SECOND

/** PHP may write warnings before what it was asked for. */
function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const shown = text.trim().slice(0, 120)
    throw shopUnavailable(
      `${where}: answered what is not JSON, beginning ${JSON.stringify(shown)}: a plug-in may write into its answers`,
    )
  }
}

/**
 * Asks a shop's API, through the guard of outgoing requests: a connection's address is no way into the network that Ciclo
 * runs in. Throws `shop-unavailable` or `shop-refuses`.
 */
export async function askShop(
  post: PostWebhook,
  request: Omit<Post, 'mostRead'>,
  what: string,
): Promise<{ body: unknown; header: string | undefined }> {
  const answer = await post({ ...request, mostRead: MOST_BYTES })
  const where = `${new URL(request.url).host}, ${what}`
  if (answer.kind === 'forbidden') throw shopRefuses(`${where}: ${answer.reason}`)
  if (answer.kind === 'unanswered') throw shopUnavailable(`${where}: ${answer.reason}`)
  const { status, text, retryAfter, header } = answer
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter ?? '2')
    throw shopUnavailable(
      `${where}: answered ${status}`,
      Math.min(LONGEST_WISH, (Number.isFinite(seconds) ? Math.max(1, seconds) : 2) * SECOND),
    )
  }
  if (status === 401 || status === 403)
    throw shopRefuses(
      `${where}: answered ${status}: its key does not open this; give one that may read orders, customers and products`,
    )
  if (status === 404)
    throw shopRefuses(`${where}: answered 404: expected the address of the shop, without a path`)
  if (status >= 300 && status < 400)
    throw shopRefuses(`${where}: answered ${status}: give the address that it leads to`)
  if (status !== 200) throw shopUnavailable(`${where}: answered ${status}`)
  return { body: parse(text, where), header }
}
