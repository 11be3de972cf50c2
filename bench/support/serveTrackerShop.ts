import { text } from 'node:stream/consumers'
import { listen, type Listening } from '../../packages/tracker-sdk/test/support/listen.ts'
import type { ComparedTracker } from './comparedTrackers.ts'

const PRODUCTS = Array.from(
  { length: 40 },
  (_, place) =>
    `<article><h2><a href="/products/${place}">Finca La Aurora ${place}</a></h2><p>Whole beans, 250 g</p><button>Add to cart</button></article>`,
).join('')

/** The page without a tracker, where an empty script stands instead. */
export const PLAIN_PAGE = '/shop/plain'
export const pageOf = ({ name }: ComparedTracker) => `/shop/${name}`

const pageWith = (head: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Coffee</title>${head}</head><body><h1>Coffee</h1>${PRODUCTS}</body></html>`

const headOf = ({ name, attributes = '', start }: ComparedTracker) =>
  `<script src="/${name}.js" ${attributes}></script>${start === undefined ? '' : `<script>${start}</script>`}`

/**
 * A shop with a page for each tracker. Whatever a tracker sends or asks is answered at once, with a JSON object that has
 * nothing in it: what some of them would load later, because a server says so, stays away.
 */
export async function serveTrackerShop(trackers: readonly ComparedTracker[]): Promise<Listening> {
  const files = new Map([[PLAIN_PAGE, pageWith('<script></script>')]])
  for (const tracker of trackers) {
    files.set(pageOf(tracker), pageWith(headOf(tracker)))
    files.set(`/${tracker.name}.js`, tracker.code)
  }
  return listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop.test')
    const file = files.get(pathname)
    const type = pathname.startsWith('/shop/') ? 'text/html' : 'text/javascript'
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': type }).end(file)
      return
    }
    // Read to its end, as a server does before it answers.
    void text(request).then(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
}
