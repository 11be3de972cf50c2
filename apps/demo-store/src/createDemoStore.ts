import { Hono } from 'hono'
import { catalog, findProduct } from './catalog.ts'
import { cartPage } from './pages/cartPage.ts'
import { checkoutPage } from './pages/checkoutPage.ts'
import { notFoundPage } from './pages/notFoundPage.ts'
import { productListPage } from './pages/productListPage.ts'
import { productPage } from './pages/productPage.ts'
import { thankYouPage } from './pages/thankYouPage.ts'
import type { Shop } from './pages/shop.ts'
import { readAsset } from './readAsset.ts'

export interface DemoStoreOptions {
  /** The workspace's public key, for the tracker. */
  writeKey: string
  /** Where the tracker's script is. Default: `/ciclo.js`. */
  trackerUrl?: string
  /** The path below which the shop lives, without a slash at its end. Default: `/demo`. */
  basePath?: string
  /** Default: `Cafetal`. */
  shopName?: string
}

/**
 * A small shop that embeds the tracker as any shop would. Its pages work under a policy without inline scripts and
 * styles, and load nothing from elsewhere. `buildDemoStore()` must have run once before its script is asked for.
 */
export const createDemoStore = ({
  writeKey,
  trackerUrl = '/ciclo.js',
  basePath = '/demo',
  shopName = 'Cafetal',
}: DemoStoreOptions): Hono => {
  const shop: Shop = { writeKey, trackerUrl, basePath, shopName }
  const app = new Hono()

  app.get(basePath || '/', (context) => context.html(productListPage(shop, catalog)))
  app.get(`${basePath}/products/:id`, (context) => {
    const product = findProduct(context.req.param('id'))
    return product ? context.html(productPage(shop, product)) : context.html(notFoundPage(shop), 404)
  })
  app.get(`${basePath}/cart`, (context) => context.html(cartPage(shop)))
  app.get(`${basePath}/checkout`, (context) => context.html(checkoutPage(shop)))
  app.get(`${basePath}/thank-you`, (context) => context.html(thankYouPage(shop)))
  app.get(`${basePath}/assets/:name`, async (context) => {
    const asset = await readAsset(context.req.param('name'))
    if (!asset) return context.html(notFoundPage(shop), 404)
    return context.body(asset.content, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' })
  })
  return app
}
