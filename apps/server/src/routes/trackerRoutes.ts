import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { CicloError } from '../errors.ts'

/** A file of the tracker, and where it is served. */
export interface TrackerFile {
  path: string
  file: URL
  type: string
}

export interface TrackerFiles {
  script: URL
  sourceMap: URL
  /** The same as a module; its source map lies beside it. */
  module?: URL
  /** What the script loads when it is needed, each with its source map as a file of its own. */
  others?: readonly TrackerFile[]
}

const SCRIPT = 'text/javascript; charset=utf-8'
const SOURCE_MAP = 'application/json'

const filesOf = ({ script, sourceMap, module, others = [] }: TrackerFiles): readonly TrackerFile[] => [
  { path: '/ciclo.js', file: script, type: SCRIPT },
  { path: '/ciclo.js.map', file: sourceMap, type: SOURCE_MAP },
  ...(module
    ? [
        { path: '/ciclo.mjs', file: module, type: SCRIPT },
        { path: '/ciclo.mjs.map', file: new URL(`${module.href}.map`), type: SOURCE_MAP },
      ]
    : []),
  ...others,
]

// A page of another origin takes a module only with the leave to, also where it has it already.
const unlessKnown = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'access-control-allow-origin'] })

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

  for (const { path, file, type } of filesOf(files))
    routes.get(path, unlessKnown, async (context) =>
      context.body(await contentOf(file), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=300',
        'access-control-allow-origin': '*',
      }),
    )
  return routes
}
