import { describe, expect, test } from 'vitest'
import { catalog } from '../src/catalog.ts'
import { createDemoStore } from '../src/index.ts'

const shop = createDemoStore({
  writeKey: '"><script>alert(1)</script>',
  backEnd: { cicloUrl: () => 'https://events.example.com', secretKey: 'demo-secret-key' },
  shopUrl: () => 'https://shop.example.com/shop',
  trackerUrl: 'https://events.example.com/t.js',
  basePath: '/shop',
  shopName: 'Beans & <Co>',
})

const pages = ['/shop', '/shop/products/huila', '/shop/cart', '/shop/checkout', '/shop/thank-you']

describe('every page', () => {
  test.each(pages)('%s embeds the tracker as a shop does, and escapes what it is given', async (path) => {
    const response = await shop.request(path)
    expect(response.status).toBe(200)
    const body = await response.text()
    expect(body).toContain(
      '<script src="https://events.example.com/t.js" data-key="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" data-consent="granted" defer></script>',
    )
    expect(body).toContain('Beans &amp; &lt;Co&gt;')
    expect(body).not.toContain('<Co>')
    expect(body).toContain('href="/mailbox"')
    expect(body, 'no inline script, style or handler').not.toMatch(/<script>|<style|\sstyle=|\son\w+=/)
    const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test.each(['/shop/products/nothing', '/shop/assets/nothing.svg', '/shop/assets/..%2Fcatalog.ts'])(
  '%s is not found',
  async (path) => {
    expect((await shop.request(path)).status).toBe(404)
  },
)

test.each(['leaf', 'hills', ...catalog.map(({ id }) => id)])(
  'the drawing %s is served as SVG',
  async (name) => {
    const response = await shop.request(`/shop/assets/${name}.svg`)
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(await response.text()).toMatch(/^<svg /)
  },
)

test.each([
  ['nothing', undefined],
  ['no name', { email: 'a@example.com', cartId: 'c', quantities: { huila: 1 } }],
  ['a blank address', { name: 'Ana', email: ' ', cartId: 'c', quantities: { huila: 1 } }],
  [
    'an endless name',
    { name: 'a'.repeat(201), email: 'a@example.com', cartId: 'c', quantities: { huila: 1 } },
  ],
  ['no products', { name: 'Ana', email: 'a@example.com', cartId: 'c' }],
  ['an unknown product', { name: 'Ana', email: 'a@example.com', cartId: 'c', quantities: { gold: 1 } }],
  ['half a bag', { name: 'Ana', email: 'a@example.com', cartId: 'c', quantities: { huila: 0.5 } }],
])('an order of %s is none, and nobody is told', async (_what, body) => {
  const response = await shop.request('/shop/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(400)
})
