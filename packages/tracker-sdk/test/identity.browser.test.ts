import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const granted = 'data-key="shop-write-key" data-consent="granted"'
const linked = `{{tracker ${granted} data-link-hosts="shop.test:{{port}} checkout.test:{{port}}"}}`
const stage = testWithBrowser({
  '/': '{{tracker}}',
  '/narrow': `{{tracker ${granted} data-cookie-domain="www.shop.example"}}`,
  '/kept': `{{tracker ${granted} data-cookie-route="true"}}`,
  '/linked': `${linked}<a id="over" href="http://checkout.test:{{port}}/linked?step=1#form">Checkout</a>
    <a id="away" href="http://elsewhere.test:{{port}}/linked">Elsewhere</a>`,
})

const on = (host: string, path: string) => `http://${host}:${new URL(stage.shop.origin).port}${path}`
const visit = async (host: string, path = '/'): Promise<Page> => {
  const tab = await stage.context.newPage()
  await tab.goto(on(host, path))
  return tab
}
const views = () => stage.ingest.stored().filter(({ type }) => type === 'page')

const domains = [
  { host: 'www.shop.example', path: '/', domain: '.shop.example' },
  { host: 'shop.example', path: '/', domain: '.shop.example' },
  { host: 'a.b.shop.example', path: '/', domain: '.shop.example' },
  { host: 'www.shop.co.uk', path: '/', domain: '.shop.co.uk' },
  { host: 'localhost', path: '/', domain: 'localhost' },
  { host: '127.0.0.1', path: '/', domain: '127.0.0.1' },
  { host: 'www.shop.example', path: '/narrow', domain: '.www.shop.example' },
]

test.each(domains)(
  'on $host$path the cookie is that of $domain, and lasts 400 days',
  async ({ host, path, domain }) => {
    await visit(host, path)
    await waitFor(() => expect(views()).toHaveLength(1))
    const cookies = await stage.context.cookies()
    expect(cookies.map((cookie) => [cookie.name, cookie.domain])).toEqual([['ciclo_id', domain]])
    expect(Math.round(((cookies[0]?.expires ?? 0) - Date.now() / 1000) / 86_400)).toBe(400)
  },
)

test('subdomains of a shop know the visitor', async () => {
  await visit('www.shop.example')
  await waitFor(() => expect(views()).toHaveLength(1))
  await visit('blog.shop.example')
  await waitFor(() => expect(views()).toHaveLength(2))
  expect(new Set(views().map(({ anonymousId }) => anonymousId)).size).toBe(1)
})

test('a visit ends with half an hour of silence, and the next one is counted', async () => {
  const tab = await stage.context.newPage()
  await tab.clock.install()
  await tab.goto(`${stage.shop.origin}/`)
  for (const minutes of [29, 29, 31]) {
    await tab.clock.runFor(minutes * 60_000)
    await tab.evaluate((name) => window.ciclo.track(name), `After ${minutes}`)
  }
  await tab.clock.runFor(1_000)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(4))
  const contexts = stage.ingest.stored().map(({ context }) => context)
  expect(contexts.map(({ sessionNumber, sessionStart }) => [sessionNumber, sessionStart])).toEqual([
    [1, true],
    [1, undefined],
    [1, undefined],
    [2, true],
  ])
  expect(new Set(contexts.map(({ sessionId }) => sessionId)).size).toBe(2)
})

test('the server is asked to set the cookie, once for each page and with nothing that needs a preflight', async () => {
  await visit('www.shop.example', '/kept')
  await waitFor(() => expect(stage.ingest.others).toHaveLength(1))
  await waitFor(() => expect(views()).toHaveLength(1))
  const [request] = stage.ingest.others
  expect(request).toMatchObject({ method: 'POST', path: '/v1/cookie' })
  expect(JSON.parse(request?.body ?? '')).toEqual({
    writeKey: 'shop-write-key',
    anonymousId: views()[0]?.anonymousId,
  })
})

test('a link to another host of the shop carries the visitor on, and the address stays clean', async () => {
  const tab = await visit('shop.test', '/linked')
  await tab.click('#over')
  await tab.waitForURL('**/linked?step=1#form')
  await waitFor(() => expect(views()).toHaveLength(2))
  expect(new Set(views().map(({ anonymousId }) => anonymousId)).size).toBe(1)
  expect(views()[1]?.context.page?.search).toBe('?step=1')
})

test('a link to anybody else says nothing', async () => {
  const tab = await visit('shop.test', '/linked')
  await tab.click('#away')
  await tab.waitForURL('**/linked')
  expect(new URL(tab.url()).search).toBe('')
  await waitFor(() => expect(views()).toHaveLength(2))
  expect(new Set(views().map(({ anonymousId }) => anonymousId)).size).toBe(2)
})

const forged = [
  {
    it: 'from a page that is not of the shop',
    from: 'attacker.test',
    link: () => `attacker-id.${Date.now()}`,
  },
  {
    it: 'that is older than two minutes',
    from: 'checkout.test',
    link: () => `old-id.${Date.now() - 121_000}`,
  },
  { it: 'that is no id', from: 'checkout.test', link: () => `<script>.${Date.now()}` },
  { it: 'typed in, from no page at all', from: undefined, link: () => `typed-id.${Date.now()}` },
]

test.each(forged)('an id $it is not taken over', async ({ from, link }) => {
  const tab = from ? await visit(from, '/linked') : await stage.context.newPage()
  const target = on('shop.test', `/linked?ciclo_link=${encodeURIComponent(link())}`)
  if (from) await tab.evaluate((url) => location.assign(url), target)
  else await tab.goto(target)
  await tab.waitForURL('**/shop.test:*/linked')
  await waitFor(() =>
    expect(views().some(({ context }) => context.page?.url.includes('shop.test'))).toBe(true),
  )
  const ids = views().map(({ anonymousId }) => anonymousId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(ids).size).toBe(ids.length)
})
