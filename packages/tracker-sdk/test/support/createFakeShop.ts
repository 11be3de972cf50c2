import { readFile } from 'node:fs/promises'
import { trackerFile } from '../../src/index.ts'
import { listen } from './listen.ts'

const STRICT =
  "default-src 'none'; script-src 'self'; connect-src {{ingest}}; frame-src 'self'; form-action 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'"

/**
 * A shop on another origin than the ingest, under a policy without any `unsafe-*` and with Trusted Types enforced.
 * Pages are given as a path and the HTML of their body, where `{{tracker}}` stands for the script tag; attributes after
 * the word go into the tag, and without any the tag grants consent. How long pages are read is recorded only where the
 * attributes say `engaged`: tests of other things count events. `{{ingest}}` and `{{port}}` stand for where those are; a path
 * may have a policy of its own.
 */
export const createFakeShop = async (
  ingest: string,
  pages: Record<string, string>,
  policies: Record<string, string> = {},
) => {
  const tracker = await readFile(trackerFile)
  return listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop.invalid')
    if (pathname === '/ciclo.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(tracker)
      return
    }
    const body = pages[pathname]
      ?.replaceAll('{{port}}', String(request.socket.localPort))
      .replaceAll('{{ingest}}', ingest)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': 'text/html',
      'content-security-policy': (policies[pathname] ?? STRICT).replaceAll('{{ingest}}', ingest),
    })
    const html = body?.replace(
      /\{\{tracker ?(.*?)\}\}/g,
      (_, attributes: string) =>
        `<script src="/ciclo.js" data-host="${ingest}" data-engagement="${attributes.includes('engaged')}" ${attributes || 'data-key="shop-write-key" data-consent="granted"'}></script>`,
    )
    response.end(`<!doctype html><html lang="en"><title>Page ${pathname}</title>${html ?? ''}`)
  })
}
