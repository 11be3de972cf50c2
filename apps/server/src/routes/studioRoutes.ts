import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Hono } from 'hono'
import { SAMPLE_PICTURE } from '../templates/samplePicture.ts'

/** The built studio: `index.html`, two pictures and `assets/`, whose names hold a hash of what is in them. */
export interface StudioFiles {
  folder: URL
  /** The first segments of the paths that are pages of the studio. */
  paths: readonly string[]
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** An asset's name: one file, with no way out of its folder. */
const ASSET = /^[\w-]+(?:\.[\w-]+)+$/

/**
 * Strict as on all of our pages. Mantine writes its variables into style sheets of its own: the nonce allows those and
 * no others. Pictures of products and logos lie where the shop has them.
 */
const policyOf = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https: http:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

/** The studio's page at each of its paths, and its assets. */
export function createStudioRoutes({ folder, paths }: StudioFiles): Hono {
  const routes = new Hono()
  for (const path of paths) {
    routes.get(path === '' ? '/' : `/${path}/*`, async (context) => {
      const nonce = randomBytes(16).toString('base64')
      context.header('content-security-policy', policyOf(nonce))
      context.header('cache-control', 'no-store')
      context.header('referrer-policy', 'same-origin')
      const page = await readFile(new URL('index.html', folder), 'utf8')
      return context.html(page.replaceAll('__STYLE_NONCE__', nonce))
    })
  }
  routes.get('/studio/assets/:name', async (context) => {
    const name = context.req.param('name')
    const type = TYPES[extname(name)]
    if (!ASSET.test(name) || type === undefined) return context.notFound()
    const body = await readFile(new URL(`assets/${name}`, folder)).catch(() => undefined)
    if (!body) return context.notFound()
    context.header('content-type', type)
    context.header('cache-control', 'public, max-age=31536000, immutable')
    return context.body(new Uint8Array(body))
  })
  for (const path of ['/studio/favicon.svg', SAMPLE_PICTURE]) {
    routes.get(path, async (context) => {
      const body = await readFile(new URL(basename(path), folder)).catch(() => undefined)
      if (!body) return context.notFound()
      context.header('content-type', TYPES[extname(path)])
      context.header('cache-control', 'max-age=86400')
      return context.body(new Uint8Array(body))
    })
  }
  return routes
}
