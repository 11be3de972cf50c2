import type { Context, MiddlewareHandler } from 'hono'

/** What clients are known to send; more is allowed where a preflight names it. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'x-retry-count']

/** How long a browser may remember the answer, in seconds; each has a shorter limit of its own. */
const REMEMBERED_FOR = '86400'

/** Lets any page read the answer: who may send is a matter of keys, and no cookie counts here. */
export const openToAllOrigins: MiddlewareHandler = async (context, next) => {
  // Hono's own middleware makes every answer a web Response to change its headers: that costs as much as an event does.
  context.header('access-control-allow-origin', '*')
  // A shop on another origin may read how long to wait.
  context.header('access-control-expose-headers', 'retry-after')
  context.header('x-content-type-options', 'nosniff')
  await next()
}

/**
 * Answers a preflight. RudderStack's browser client sends a header of its own, and others may: which they are decides
 * nothing, since the same body may be posted as plain text without asking. Ciclo on a private network may be asked
 * for by a public page (https://wicg.github.io/private-network-access/).
 */
export function answerPreflight(context: Context): Response {
  const wanted = context.req
    .header('access-control-request-headers')
    ?.toLowerCase()
    .match(/[\w-]{1,40}/g)
  const allowed = new Set([...REQUEST_HEADERS, ...(wanted?.slice(0, 20) ?? [])])
  context.header('access-control-allow-origin', '*')
  context.header('access-control-allow-methods', 'GET,POST,OPTIONS')
  context.header('access-control-allow-headers', [...allowed].join(','))
  context.header('access-control-max-age', REMEMBERED_FOR)
  context.header('vary', 'access-control-request-headers')
  if (context.req.header('access-control-request-private-network') === 'true')
    context.header('access-control-allow-private-network', 'true')
  return context.body(null, 204)
}
