import { Hono } from 'hono'
import { FRAME_CSP, FRAME_PATH, FRAME_SCRIPT, FRAME_STYLE, framePage } from '../onsite/onsiteFrame.ts'

/** The page in which the studio shows an on-site message: it holds nothing of anybody until it is handed one. */
export function createOnsiteFrameRoutes(): Hono {
  return new Hono()
    .get(FRAME_PATH, (context) => {
      context.header('content-security-policy', FRAME_CSP)
      context.header('referrer-policy', 'no-referrer')
      context.header('cache-control', 'no-cache')
      return context.html(framePage())
    })
    .get(`${FRAME_PATH}/show.js`, (context) =>
      context.body(FRAME_SCRIPT, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        // The page is of nobody's origin: what may load modules comes with the leave to.
        'access-control-allow-origin': '*',
      }),
    )
    .get(`${FRAME_PATH}/shop.css`, (context) =>
      context.body(FRAME_STYLE, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'no-cache',
      }),
    )
}
