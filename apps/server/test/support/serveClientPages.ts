import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface ClientPages {
  /** http://127.0.0.1:port: an origin of its own, as a shop's is. A page for every client stands at `/<name>`. */
  url: string
  stop(): Promise<void>
}

/** Bundles clients from npm as a shop would, and serves a page for each of them. The code has `window` to put them on. */
export async function serveClientPages(sources: Record<string, string>): Promise<ClientPages> {
  const scripts = new Map<string, string>()
  for (const [name, contents] of Object.entries(sources)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
    })
    scripts.set(`/${name}.js`, outputFiles[0]?.text ?? '')
  }
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://shop.example')
    const script = scripts.get(pathname)
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (scripts.has(`${pathname}.js`)) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Shop</title><script src="${pathname}.js"></script></html>`,
        )
    } else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The pages have no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
