import type { Hono } from 'hono'
import { brandStyle } from '../../pages/brandStyle.ts'
import { readWorkspace } from '../../store/queries/workspaces.ts'
import type { Store } from '../../store/store.ts'

/** The shop's colours and fonts for its pages, as a style sheet: no page of ours has styles in itself. */
export function addBrandStyleRoute(routes: Hono, { store }: { store: Store }): void {
  routes.get('/assets/brand/:name{[\\w-]+\\.css}', async (context) => {
    const id = context.req.param('name').slice(0, -'.css'.length)
    const workspace = await store.read((tx) => readWorkspace(tx, id))
    if (!workspace) return context.notFound()
    return context.body(brandStyle(workspace.settings.brand), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    })
  })
}
