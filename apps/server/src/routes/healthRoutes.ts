import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import { CicloError } from '../errors.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'

export interface HealthRoutesOptions {
  store: Store
  metrics: Registry
  clientOf: ClientAddress
  /** What has to be shown for the figures; without it only this machine gets them. */
  metricsToken?: string
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** In constant time, whatever the lengths. */
function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

/** Liveness, readiness (the store answers) and Prometheus figures. */
export function createHealthRoutes({ store, metrics, clientOf, metricsToken }: HealthRoutesOptions): Hono {
  const routes = new Hono()
  routes.get('/healthz', (context) => context.json({ status: 'ok' }))
  routes.get('/readyz', async (context) => {
    try {
      await store.read(firstWorkspaceId)
      return context.json({ status: 'ready' })
    } catch (cause) {
      throw new CicloError('store-unavailable', 'The store does not answer', { cause })
    }
  })
  routes.get('/metrics', async (context) => {
    const isAllowed =
      metricsToken === undefined
        ? clientOf(context).isLocal
        : isEqual(context.req.header('authorization') ?? '', `Bearer ${metricsToken}`)
    if (!isAllowed) {
      throw new CicloError(
        'forbidden',
        metricsToken === undefined
          ? 'The figures are for this machine only; set METRICS_TOKEN to read them from elsewhere'
          : 'Expected "Authorization: Bearer <METRICS_TOKEN>"',
      )
    }
    return context.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
  return routes
}
