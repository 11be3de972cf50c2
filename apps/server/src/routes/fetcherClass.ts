import type { Context } from 'hono'
import { isbot } from 'isbot'

/** What fetched a link: only a person's visit counts, but every one is kept. */
export type FetcherClass = 'human' | 'machine'

/**
 * Scanners and proxies fetch the links of a mail before anybody reads it: they send HEAD, no user agent or a known
 * robot's, or say that they prefetch.
 */
export function fetcherClass(context: Context): FetcherClass {
  const agent = context.req.header('user-agent')
  const purpose = context.req.header('sec-purpose') ?? context.req.header('purpose') ?? ''
  const isMachine =
    context.req.method === 'HEAD' || !agent || isbot(agent) || /prefetch|preview/i.test(purpose)
  return isMachine ? 'machine' : 'human'
}
