import { text } from 'node:stream/consumers'
import type { ShownMessage } from '@ciclo/engine'
import { listen } from '../../support/listen.ts'
import { bundleOnsite } from './bundleOnsite.ts'

const HEAD = "default-src 'none'; script-src 'nonce-x'; connect-src *; style-src"
const POLICY = `${HEAD} 'none'; require-trusted-types-for 'script'`
/** For pages that are to look like something. */
const STYLED_POLICY = `${HEAD} 'nonce-x'; require-trusted-types-for 'script'`

const STYLES: Readonly<Record<string, string>> = {
  light: 'body { background: #f6f4ef; color: #222; font-family: Georgia, serif; margin: 24px }',
  dark: 'body { background: #15171a; color: #eee; font-family: Georgia, serif; margin: 24px } a, button { color: #9cf }',
}

/** The tracker's part, as far as the chunk knows it; `calls` are the exact calls that it got. */
const SCRIPT = `
  const calls = []
  const listeners = new Set()
  const search = new URLSearchParams(location.search)
  window.shop = {
    calls,
    listeners,
    navigate(path) {
      history.pushState(null, '', path)
      listeners.forEach((listener) => listener({ type: 'page' }))
    },
    start: async () => {
      const { startOnsite } = await import('/ciclo.onsite.mjs')
      return startOnsite({
        ciclo: {
          track: (...values) => calls.push(['track', ...values]),
          identify: (...values) => calls.push(['identify', ...values]),
          on: (type, listener) => {
            listeners.add(listener)
            return () => listeners.delete(listener)
          },
        },
        url: location.origin + '/v1/onsite',
        writeKey: 'shop-write-key',
        visit: Number(search.get('visit') ?? 1),
        anonymousId: () => 'visitor-1',
        locale: 'en-US',
      })
    },
  }
  window.shop.started = window.shop.start()
  window.shop.started.then((onsite) => (window.shop.onsite = onsite))
`

/** What a test of the chunk may see of the page. */
export interface ShopWindow {
  shop: {
    calls: unknown[][]
    listeners: Set<unknown>
    navigate(path: string): void
    start(): Promise<{ stop(): void }>
    started: Promise<{ stop(): void }>
  }
}

/**
 * A shop whose pages start the chunk, under the strictest policy; with `?style=light` or `dark` it has a style of its
 * own. The same server answers `POST /v1/onsite` with `messages`.
 */
export const createOnsiteShop = async () => {
  const script = await bundleOnsite()
  const state = { messages: [] as readonly ShownMessage[], status: 200 }
  const requests: { contentType: string; body: unknown }[] = []
  const server = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop.invalid')
    if (pathname === '/ciclo.onsite.mjs') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      return
    }
    if (pathname === '/v1/onsite') {
      void text(request).then((body) => {
        requests.push({ contentType: request.headers['content-type'] ?? '', body: JSON.parse(body) })
        response.writeHead(state.status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ messages: state.messages }))
      })
      return
    }
    const style = STYLES[searchParams.get('style') ?? '']
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': style ? STYLED_POLICY : POLICY,
    })
    response.end(`<!doctype html><html lang="en"><title>Page ${pathname}</title>
      <meta name="viewport" content="width=device-width">
      ${style ? `<style nonce="x">${style}</style>` : ''}
      <main><h1>A shop</h1><p>Coffee and tea, fresh every week.</p>
      <button id="first">First</button> <a href="/elsewhere">Elsewhere</a>
      ${'<p>More of the page.</p>'.repeat(80)}</main>
      <script nonce="x">${SCRIPT}</script>`)
  })
  return { ...server, state, requests }
}

export type OnsiteShop = Awaited<ReturnType<typeof createOnsiteShop>>
