import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import { CicloError } from '../errors.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'

/** Liveness, readiness (the store answers) and Prometheus figures. */
export function createHealthRoutes({ store, metrics }: { store: Store; metrics: Registry }): Hono {
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
  routes.get('/metrics', async (context) =>
    context.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  )
  return routes
}
