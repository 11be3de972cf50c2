import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { addUp } from './addUp.ts'
import { catalog, findProduct } from './catalog.ts'
import { cartPage } from './pages/cartPage.ts'
import { checkoutPage } from './pages/checkoutPage.ts'
import { notFoundPage } from './pages/notFoundPage.ts'
import { productListPage } from './pages/productListPage.ts'
import { productPage } from './pages/productPage.ts'
import { thankYouPage } from './pages/thankYouPage.ts'
import type { Shop } from './pages/shop.ts'
import { readAsset } from './readAsset.ts'
import { readOrder } from './readOrder.ts'
import { tellOrder, type BackEnd } from './tellOrder.ts'

export interface DemoStoreOptions {
  /** The workspace's public key, for the tracker. */
  writeKey: string
  /** How the shop's own server reaches Ciclo. */
  backEnd: BackEnd
  /** Where visitors find the shop, without a slash at its end: mails lead there. */
  shopUrl: () => string
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
  backEnd,
  shopUrl,
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
  app.post(`${basePath}/orders`, async (context) => {
    const order = readOrder(await context.req.json().catch(() => undefined))
    if (!order) return context.json({ message: 'An order needs a name, an e-mail address and products' }, 400)
    const id = `CAF-${randomUUID().slice(0, 8).toUpperCase()}`
    await tellOrder(backEnd, id, order, shopUrl())
    return context.json({ id, total: addUp(order.lines).total })
  })
  app.get(`${basePath}/thank-you`, (context) => context.html(thankYouPage(shop)))
  app.get(`${basePath}/assets/:name`, async (context) => {
    const asset = await readAsset(context.req.param('name'))
    if (!asset) return context.html(notFoundPage(shop), 404)
    return context.body(asset.content, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' })
  })
  return app
}
