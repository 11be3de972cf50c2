import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { CicloError } from '../errors.ts'

export interface TrackerFiles {
  script: URL
  sourceMap: URL
  /** The same as a module; its source map lies beside it. */
  module?: URL
}

/** The tracker, as its build left it. Short-lived in caches, so that a fix reaches shops within minutes. */
export function createTrackerRoutes(files: TrackerFiles): Hono {
  const routes = new Hono()
  const contents = new Map<string, Promise<string>>()

  const contentOf = async (file: URL): Promise<string> => {
    const known = contents.get(file.href)
    if (known) return await known
    const content = readFile(file, 'utf8').catch((cause: unknown) => {
      contents.delete(file.href)
      throw new CicloError('internal', 'The tracker is not built; "npm run build" builds it', { cause })
    })
    contents.set(file.href, content)
    return await content
  }

  const serveFile = (path: string, file: URL, type: string) =>
    routes.get(path, async (context) =>
      context.body(await contentOf(file), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=300',
        'access-control-allow-origin': '*',
      }),
    )

  serveFile('/ciclo.js', files.script, 'text/javascript; charset=utf-8')
  serveFile('/ciclo.js.map', files.sourceMap, 'application/json')
  if (files.module) {
    serveFile('/ciclo.mjs', files.module, 'text/javascript; charset=utf-8')
    serveFile('/ciclo.mjs.map', new URL(`${files.module.href}.map`), 'application/json')
  }
  return routes
}
