import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const stage = testWithBrowser({
  '/': '{{tracker}}',
  '/silent': '{{tracker data-key="shop-write-key" data-consent="granted" data-pages="false"}}',
  '/stub': '<script src="/missing.js"></script>',
  '/framed': '{{tracker}}',
  '/frame': '<iframe sandbox="allow-scripts" src="/framed"></iframe>',
})

const eventNames = () => stage.ingest.stored().map(({ type, event }) => event ?? type)

test('a page view, a track and an identify arrive once, complete, and without a preflight', async () => {
  const page = await stage.visit('/?utm_source=mail&utm_campaign=spring#part')
  await page.evaluate(() => {
    const properties = { product_id: '7', price: 12.5 }
    window.ciclo.track('Product Viewed', properties)
    properties.price = 0
    window.ciclo.identify('u1', { email: 'ana@example.com' })
    window.ciclo.identify({ firstName: 'Ana' })
    window.ciclo.group('g1', { name: 'Example Ltd' })
    window.ciclo.alias('u2')
  })
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(6))
  const [view, track, identify, more, group, alias] = stage.ingest.stored()
  expect(stage.ingest.received()).toHaveLength(6)
  expect(stage.ingest.requests.every(({ method }) => method === 'POST')).toBe(true)
  expect(stage.ingest.requests[0]!.contentType).toBe('text/plain;charset=UTF-8')

  expect(view).toMatchObject({
    type: 'page',
    properties: { path: '/', title: 'Page /', search: '?utm_source=mail&utm_campaign=spring' },
    context: {
      page: { url: `${stage.shop.origin}/?utm_source=mail&utm_campaign=spring` },
      campaign: { source: 'mail', name: 'spring' },
      library: { name: 'ciclo', version: '0.1.0' },
      locale: 'en-US',
    },
  })
  expect(view?.context.userAgent).toContain('Chrome')
  expect(view?.context.timezone).toEqual(expect.any(String))
  expect(track).toMatchObject({ event: 'Product Viewed', properties: { product_id: '7', price: 12.5 } })
  expect(track).not.toHaveProperty('userId')
  expect(identify).toMatchObject({ userId: 'u1', traits: { email: 'ana@example.com' } })
  expect(more).toMatchObject({ userId: 'u1', traits: { email: 'ana@example.com', firstName: 'Ana' } })
  expect(group).toMatchObject({ type: 'group', groupId: 'g1', traits: { name: 'Example Ltd' }, userId: 'u1' })
  expect(alias).toMatchObject({ type: 'alias', userId: 'u2', previousId: 'u1' })
  expect(new Set(stage.ingest.stored().map(({ anonymousId }) => anonymousId)).size).toBe(1)
  expect(await page.evaluate(() => document.cookie)).toBe(`ciclo_id=${view!.anonymousId}`)
})

test('the visitor stays the same over pages; the cookie and the storage restore each other', async () => {
  const page = await stage.visit('/')
  await stage.context.clearCookies()
  await page.goto(`${stage.shop.origin}/`)
  await page.evaluate(() => localStorage.removeItem('ciclo.id'))
  await page.goto(`${stage.shop.origin}/`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(3))
  expect(new Set(stage.ingest.stored().map(({ anonymousId }) => anonymousId)).size).toBe(1)
})

test('another user id at the same browser is another visitor, without the traits of the last one', async () => {
  const page = await stage.visit('/silent')
  await page.evaluate(() => {
    window.ciclo.identify('u1', { email: 'ana@example.com' })
    window.ciclo.identify('u2', { plan: 'office' })
  })
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(2))
  const [first, second] = stage.ingest.stored()
  expect(second).toMatchObject({ userId: 'u2', traits: { plan: 'office' } })
  expect(second!.traits).not.toHaveProperty('email')
  expect(second!.anonymousId).not.toBe(first!.anonymousId)
})

test('a burst above the keepalive quota arrives in full once the visitor comes back', async () => {
  const page = await stage.visit('/silent')
  await page.evaluate((elsewhere) => {
    for (let index = 0; index < 100; index++) {
      window.ciclo.track('Product Viewed', { product_id: String(index), description: 'é'.repeat(1000) })
    }
    location.href = elsewhere
  }, `${stage.ingest.origin}/elsewhere`)
  await page.waitForURL('**/elsewhere')
  await page.goto(`${stage.shop.origin}/silent`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(100))
})

test('a failing server is asked again, ever later, until it takes the events', async () => {
  stage.ingest.answers.push({ status: 503 }, { status: 429 })
  await stage.visit('/')
  await waitFor(() => expect(eventNames()).toEqual(['page']))
  const times = stage.ingest.requests.map(({ at }) => at)
  expect(times).toHaveLength(3)
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  // Half of 1 and of 2 seconds are the least; timers may be a few milliseconds early.
  expect(gaps.map((gap, index) => gap >= 500 * 2 ** index - 20)).toEqual([true, true])
})

test('Retry-After is honoured, also by the next page of the shop', async () => {
  stage.ingest.answers.push({ status: 429, retryAfter: '2' })
  const page = await stage.visit('/')
  await waitFor(() => expect(stage.ingest.requests).toHaveLength(1))
  await page.waitForFunction(() => localStorage.getItem('ciclo.wait'))
  await page.goto(`${stage.shop.origin}/`)
  await waitFor(() => expect(eventNames()).toEqual(['page', 'page']))
  const [first, second] = stage.ingest.requests
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(1_950)
})

test('events that the server refuses are dropped with one warning, and later ones go on', async () => {
  stage.ingest.answers.push({ status: 401 }, { status: 400 })
  const warnings: string[] = []
  stage.context.on(
    'console',
    (message) => message.text().startsWith('ciclo:') && warnings.push(message.text()),
  )
  const page = await stage.visit('/')
  await waitFor(() => expect(stage.ingest.requests).toHaveLength(1))
  for (const [index, name] of ['Second', 'Third'].entries()) {
    await page.evaluate((event) => window.ciclo.track(event), name)
    await waitFor(() => expect(stage.ingest.requests).toHaveLength(index + 2))
  }
  await waitFor(() => expect(eventNames()).toEqual(['Third']))
  expect(warnings).toEqual([expect.stringContaining('answered 401')])
  await waitFor(async () =>
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.q.')))).toEqual(
      [],
    ),
  )
})

test('an answer that a proxy has emptied is an answer, and the next page still leaves with all it has', async () => {
  await stage.context.route('**/v1/batch', async (route) => {
    await route.fetch()
    await route.fulfill({ status: 200, body: '', headers: { 'access-control-allow-origin': '*' } })
  })
  const page = await stage.visit('/')
  // The visit itself has left: what is counted from here on is what follows.
  await waitFor(() => expect(stage.ingest.received()).toHaveLength(1))
  const keepalive: boolean[] = []
  await page.exposeFunction('noteKeepalive', (value: boolean) => void keepalive.push(value))
  await page.evaluate(() => {
    const original = window.fetch
    const note = (window as unknown as { noteKeepalive: (value: boolean) => void }).noteKeepalive
    window.fetch = (input, init) => {
      note(init?.keepalive ?? false)
      return original(input, init)
    }
  })
  for (const name of ['First', 'Second', 'Third']) {
    await page.evaluate((event) => window.ciclo.track(event), name)
    await waitFor(() => expect(eventNames()).toContain(name))
  }
  expect(keepalive).toEqual([true, true, true])
  expect(stage.ingest.received()).toHaveLength(4)
})

test('an unreachable server costs nothing but time', async () => {
  await stage.context.route('**/v1/batch', (route) => route.abort())
  const page = await stage.visit('/')
  await page.evaluate(() => window.ciclo.track('Kept'))
  await page.waitForFunction(
    () => Object.keys(localStorage).filter((key) => key.includes('.q.')).length === 2,
  )
  await stage.context.unrouteAll()
  await page.goto(`${stage.shop.origin}/silent`)
  await waitFor(() => expect(eventNames()).toEqual(['page', 'Kept']))
})

test('two tabs send each event once', async () => {
  stage.ingest.answers.push(...Array.from({ length: 20 }, () => ({ status: 200, delay: 150 })))
  const tabs = [await stage.visit('/silent'), await stage.visit('/silent')]
  await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(() => {
        for (let index = 0; index < 30; index++) setTimeout(() => window.ciclo.track('Viewed'), index * 10)
      }),
    ),
  )
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(60))
  expect(stage.ingest.received()).toHaveLength(60)
})

test('calls of the stub are replayed in order, and the script starts once', async () => {
  await stage.context.addInitScript(() => {
    const calls: unknown[] = [['track', 'Early'], ['identify', { email: 'ana@example.com' }], ['nonsense']]
    Object.assign(window, { ciclo: calls })
  })
  await stage.context.route('**/missing.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'void 0' }),
  )
  const page = await stage.visit('/')
  await page.evaluate(() => window.ciclo.init({ writeKey: 'another-write-key' }))
  await page.evaluate(() => window.ciclo.push(['track', 'Late']))
  await waitFor(() => expect(eventNames()).toEqual(['page', 'Early', 'identify', 'Late']))
})

test('ready and on tell the page what happens', async () => {
  const page = await stage.visit('/silent')
  const seen = await page.evaluate(() => {
    const names: unknown[] = []
    window.ciclo.ready(() => names.push('ready'))
    const stop = window.ciclo.on('track', ({ event }) => names.push(event))
    window.ciclo.on('*', () => {
      throw new Error('a listener of the page fails')
    })
    window.ciclo.track('Heard')
    stop()
    window.ciclo.track('Unheard')
    return names
  })
  expect(seen).toEqual(['ready', 'Heard'])
  await waitFor(() => expect(eventNames()).toEqual(['Heard', 'Unheard']))
})

test('without any storage it neither throws nor loses an event', async () => {
  const page = await stage.visit('/frame')
  const frame = page.frames()[1]!
  expect(
    await frame.evaluate(() => {
      try {
        return Boolean(localStorage)
      } catch {
        return false
      }
    }),
  ).toBe(false)
  await frame.evaluate(() => {
    window.ciclo.identify('u1')
    window.ciclo.track('Seen')
  })
  await waitFor(() => expect(eventNames()).toEqual(['page', 'identify', 'Seen']))
  const [view, , seen] = stage.ingest.stored()
  expect(seen).toMatchObject({ anonymousId: view!.anonymousId, userId: 'u1' })
})

test('a full storage does not throw, and events still arrive', async () => {
  const page = await stage.visit('/')
  await page.evaluate(() => {
    for (const size of [1_000_000, 10_000, 100, 1]) {
      try {
        for (let index = 0; ; index++) localStorage.setItem(`shop.${size}.${index}`, 'x'.repeat(size))
      } catch {
        // The quota is reached for this size.
      }
    }
    window.ciclo.track('Seen')
  })
  await waitFor(() => expect(eventNames()).toEqual(['page', 'Seen']))
})

test('nonsense never throws into the page', async () => {
  const page = await stage.visit('/silent')
  await page.evaluate(() => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    window.ciclo.track('Circular', circular)
    window.ciclo.track('Large', { text: 'x'.repeat(40_000) })
    const calls = Object.entries(window.ciclo) as [string, (...values: unknown[]) => void][]
    for (const values of [[], [null], [7, 7], ['', {}], [[]], [Symbol('nonsense')]]) {
      for (const [name, call] of calls) if (!/consent|optOut/.test(name)) call(...values)
    }
    window.ciclo.track('Fine')
  })
  await waitFor(() => expect(eventNames()).toContain('Fine'))
})
