import type { Context } from 'hono'
import { CicloError } from '../errors.ts'

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what a page of another origin has a browser send along with the session's cookie. Every browser that runs the
 * studio sends `Sec-Fetch-Site` (Fetch Metadata, W3C) or `Origin` with such a request.
 */
export function requireSameOrigin({ req }: Context, publicUrl: string): void {
  if (HARMLESS.has(req.method)) return
  const site = req.header('sec-fetch-site')
  const origin = req.header('origin')
  const own = [new URL(publicUrl).origin, new URL(req.url).origin]
  const isOwn = site === undefined ? origin !== undefined && own.includes(origin) : site === 'same-origin'
  if (!isOwn)
    throw new CicloError(
      'forbidden',
      `A session was brought by a page of ${origin ?? 'nowhere'}, expected ${own[0]}: programs bring a secret key`,
    )
}
