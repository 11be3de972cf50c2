import type { RequestIdVariables } from 'hono/request-id'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import type { ErrorCode } from './errors.ts'

/** What a request leaves for the line about it. */
export interface RequestVariables extends RequestIdVariables {
  workspaceId?: string
  code?: ErrorCode
  /** What was thrown, where it is our fault. */
  fault?: unknown
}

export interface Answered {
  method: string
  /** The pattern, such as /u/:token: tokens and addresses stand in the path itself. */
  route: string
  status: number
  seconds: number
}

/** A client that is refused again and again is told of once in so many milliseconds: a log must not be a way to fill a disk. */
const QUIET_FOR = 1_000

/**
 * One line a request: at debug where all went well, at warn where it was refused, at error where we failed. None holds
 * what the client sent, except the method of HTTP and a request id.
 */
export function createRequestWatch({
  log,
  onAnswered,
}: {
  log: Logger
  onAnswered: (answered: Answered) => void
}) {
  const refused = new Map<string, { until: number; more: number }>()

  /** How many lines like this one were left out since the last, or undefined where this one is to be left out. */
  const takeTurn = (kind: string, at: number): number | undefined => {
    const known = refused.get(kind)
    if (known && at < known.until) {
      known.more += 1
      return undefined
    }
    refused.set(kind, { until: at + QUIET_FOR, more: 0 })
    return known?.more ?? 0
  }

  return createMiddleware<{ Variables: RequestVariables }>(async (context, next) => {
    const start = performance.now()
    await next()
    const end = performance.now()
    const { status } = context.res
    const { method } = context.req
    const route = routePath(context)
    onAnswered({ method, route, status, seconds: (end - start) / 1_000 })
    if (status < 400 && !log.isLevelEnabled('debug')) return
    const fields = {
      requestId: context.get('requestId'),
      method,
      route,
      status,
      milliseconds: Math.round(end - start),
      workspace: context.get('workspaceId'),
      code: context.get('code'),
    }
    if (status < 400) log.debug(fields, 'Answered')
    else if (status >= 500) log.error({ ...fields, err: context.get('fault') }, 'Failed')
    else {
      const more = takeTurn(`${route} ${status}`, end)
      if (more !== undefined) log.warn(more > 0 ? { ...fields, more } : fields, 'Refused')
      else log.debug(fields, 'Refused')
    }
  })
}
