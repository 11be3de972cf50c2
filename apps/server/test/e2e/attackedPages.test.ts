import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDemoStore } from '@ciclo/demo-store/build'
import { buildTracker } from '@ciclo/tracker-sdk/build'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser, openVisitor } from '../support/openVisitor.ts'
import { forwardedFor, sendRaw } from '../support/sendFrom.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let browser: Browser
let server: TestServer
beforeAll(async () => {
  await Promise.all([buildTracker(), buildDemoStore()])
  browser = await openBrowser()
  // The demo, without a secret of its own: it lies in a file, and the mails in the mailbox.
  server = await startTestServer({ demo: true })
})
afterAll(async () => {
  await server.stop()
  await browser.close()
})

describe('path traversal', () => {
  const climbs = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..%5c',
    '..\\',
    '....//',
    '%252e%252e%252f',
    '..%c0%af',
    '..;/',
    './.././',
    '%00../',
  ]
  const roots = [
    '/',
    '/assets/',
    '/demo/',
    '/demo/assets/',
    '/mailbox/',
    '/ciclo.js/',
    '/v1/',
    '/o/',
    '/api/',
  ]
  const targets = [
    'secret',
    'ciclo.db',
    'etc/passwd',
    'package.json',
    'secret%00.eml',
    'outside/raw',
    'outside',
  ]

  it('no path leads to a file that is not served', async () => {
    const secret = readFileSync(join(server.folder, 'secret'), 'utf8').trim()
    writeFileSync(join(server.folder, 'outside.eml'), `Subject: ${secret}\r\n\r\n${secret}`)
    const found: string[] = []
    let asked = 0
    for (const root of roots) {
      for (const climb of climbs) {
        for (const target of targets) {
          for (const steps of [1, 6]) {
            const path = `${root}${climb.repeat(steps)}${target}`
            const answer = await sendRaw(server.url, path)
            asked += 1
            const isLeak =
              /root:x?:0|SQLite format|"dependencies"/.test(answer.text) || answer.text.includes(secret)
            if (isLeak || answer.status === 200 || answer.status >= 500)
              found.push(`${answer.status} ${path}`)
          }
        }
      }
    }
    expect(found).toEqual([])
    expect(asked).toBeGreaterThan(1_000)
  })

  it('nor does a method or an absolute address', async () => {
    for (const path of [
      'file:///etc/passwd',
      'http://127.0.0.1:1/secret',
      '//etc/passwd',
      '/demo//../secret',
    ])
      expect((await sendRaw(server.url, path)).text).not.toMatch(/root:x?:0/)
    expect((await sendRaw(server.url, '/secret', { method: 'PROPFIND' })).status).toBe(404)
  })
})

describe('stored XSS from events and user agents', () => {
  const call = `fetch('/owned')`
  const payloads = [
    `<script>${call}</script>`,
    `"><img src=x onerror="${call}">`,
    `'><svg/onload=${call}>`,
    `</title></style></textarea></script><script>${call}</script>`,
    `javascript:${call}`,
    `{{ "<script>${call}</script>" }}{% raw %}`,
    `<iframe srcdoc="<script>${call}</script>"></iframe>`,
    `<a href="javascript:${call}">x</a><base href="//evil.example/"><meta http-equiv=refresh content="0;/owned">`,
    `<mj-raw><script>${call}</script></mj-raw>`,
    `<form action=/owned><button autofocus onfocus=${call}>x</button></form>`,
  ]

  it('no page that exists runs any of it, and none needs its policy to hold it back', async () => {
    const everything = payloads.join(' ')
    const bag = Object.fromEntries(
      [
        'firstName',
        'lastName',
        'name',
        'locale',
        'avatar',
        'url',
        'title',
        'text',
        'method',
        'topic',
        'reason',
      ].map((name) => [name, everything]),
    )
    const email = 'xss@example.com'
    const headers = {
      ...forwardedFor('203.0.113.9'),
      'user-agent': payloads[0]!,
      referer: everything,
      origin: everything,
      'accept-language': everything,
    }
    const send = async (writeKey: string, batch: Record<string, unknown>[]) =>
      expect(
        await sendRaw(server.url, '/v1/batch', {
          method: 'POST',
          headers,
          body: JSON.stringify({ writeKey, context: { ...bag, page: bag, userAgent: everything }, batch }),
        }),
      ).toMatchObject({ status: 200 })
    const subscribe = { type: 'track', event: 'Subscribed', properties: bag }
    await send(server.writeKey, [
      {
        type: 'identify',
        anonymousId: payloads[1]!,
        userId: payloads[2]!,
        traits: { ...bag, [payloads[0]!]: 1 },
      },
      { ...subscribe, anonymousId: payloads[1]!, properties: { ...bag, email: 'claimed@example.com' } },
      { type: 'page', name: payloads[3]!, anonymousId: payloads[1]!, properties: { [payloads[4]!]: bag } },
    ])
    // A locale that is one, so that the mail is not left out: all else is the attacker's.
    await send(server.secretKey, [
      { type: 'identify', userId: payloads[5]!, traits: { ...bag, email, locale: 'en' } },
      {
        type: 'track',
        event: 'Order Completed',
        userId: payloads[5]!,
        // Of a person: what a program does starts no journey.
        context: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
        properties: {
          order_id: payloads[0]!,
          order_url: payloads[4]!,
          total: 5,
          products: payloads.map((name, index) => ({ product_id: index, name, url: name, image_url: name })),
        },
      },
      { ...subscribe, userId: payloads[5]! },
    ])
    const mails = await vi.waitFor(
      async () => {
        await server.api.passTime(1_000)
        const { body } = await sendRaw(server.url, '/mailbox/messages')
        const { messages } = body as { messages: { id: string; to: string[] }[] }
        // The confirmation of the claimed address, that of the order with all its products, and the welcome.
        expect(messages.length).toBeGreaterThanOrEqual(3)
        return messages
      },
      { timeout: 15_000, interval: 100 },
    )

    const visitor = await openVisitor(browser)
    const owned: string[] = []
    visitor.context.on('request', (request) => {
      if (/owned|evil/.test(new URL(request.url()).pathname + new URL(request.url()).host))
        owned.push(request.url())
    })
    visitor.context.on('page', (page) => page.on('dialog', (dialog) => owned.push(dialog.message())))
    const links = new Set<string>()
    for (const { id } of mails) {
      const { text } = await sendRaw(server.url, `/mailbox/${id}/html`)
      for (const [link] of text.matchAll(/\/(?:u|p|confirm)\/[\w-]+\.[\w-]+/g)) links.add(link)
    }
    expect(links.size).toBeGreaterThanOrEqual(3)
    const pages = [
      '/',
      '/mailbox',
      ...mails.flatMap(({ id }) => [`/mailbox/${id}`, `/mailbox/${id}/html`]),
      ...links,
      '/demo',
    ]
    const policies = new Map<string, string>()
    for (const path of pages) {
      const page = await visitor.open(server.url + path)
      // Whatever waits for a focus or a click gets it.
      await page.evaluate(`for (const one of document.querySelectorAll('a, button, img')) one.focus()`)
      await page.close()
      policies.set(path, visitor.policies.get(path) ?? '')
    }
    for (const path of [
      `/${payloads[0]}`,
      `/demo/${payloads[1]}`,
      `/u/${payloads[0]}`,
      `/mailbox/${payloads[1]}`,
    ]) {
      const answer = await sendRaw(server.url, encodeURI(path), { headers: { accept: 'text/html' } })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.text).not.toContain('<script>')
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
    }
    expect(owned).toEqual([])
    // A policy that had to refuse something says so here: the page itself was not clean.
    expect(visitor.problems).toEqual([])
    for (const [path, policy] of policies) {
      const isMail = path.endsWith('/html')
      expect([path, policy]).toEqual([
        path,
        expect.stringContaining(isMail ? 'sandbox' : "script-src 'self'"),
      ])
      expect([path, policy]).toEqual([
        path,
        expect.not.stringMatching(/unsafe-(eval|hashes)|script-src[^;]*unsafe/),
      ])
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
    }
    // The attack was there to be seen: as text.
    const raw = await Promise.all(mails.map(({ id }) => sendRaw(server.url, `/mailbox/${id}/html`)))
    expect(raw.some(({ text }) => text.includes('&lt;script&gt;'))).toBe(true)
    expect(raw.every(({ text }) => !text.includes(`<script>${call}`))).toBe(true)
    await visitor.context.close()
  })

  it('the API answers it as data that no browser takes for a page', async () => {
    const answer = await sendRaw(server.url, '/api/customers?email=xss%40example.com', {
      headers: { authorization: `Bearer ${server.secretKey}`, accept: 'text/html' },
    })
    expect(answer.text).toContain('<script>')
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })
})
