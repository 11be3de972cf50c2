import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { minify } from 'terser'
import manifest from './package.json' with { type: 'json' }

const folder = import.meta.dirname

/** What is built from what. The first are loaded by a script tag, the last by `import`. */
const BUNDLES = [
  { name: 'ciclo.js', entry: 'src/browser/script.ts', format: 'iife' },
  { name: 'ciclo.core.js', entry: 'src/browser/core.ts', format: 'iife' },
  { name: 'ciclo.mjs', entry: 'src/browser/module.ts', format: 'esm' },
  { name: 'ciclo.onsite.mjs', entry: 'src/onsite/module.ts', format: 'esm' },
] as const

/**
 * Tells Chromium to compile all of a script while it is loaded, beside the page's main thread: each function that is
 * compiled there when it is first called costs twice. It took 7.0 ms of a page's load down to 5.1
 * (https://v8.dev/blog/explicit-compile-hints).
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad'

type Bundle = (typeof BUNDLES)[number]

/** Moved into place, so that a server that reads it meanwhile never gets half a file. */
const place = async (name: string, contents: string): Promise<void> => {
  const unfinished = `${folder}/dist/${name}.${randomUUID()}`
  await writeFile(unfinished, contents)
  await rename(unfinished, `${folder}/dist/${name}`)
}

/** esbuild bundles, and terser makes the result smaller than esbuild does: 4,004 bytes of gzip instead of 4,200. */
const bundle = async ({ name, entry, format }: Bundle) => {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile: `dist/${name}`,
    bundle: true,
    format,
    sourcemap: 'external',
    target: 'es2021',
    legalComments: 'none',
    // Names that stay within the tracker; whoever adds one that pages or servers see leaves it out here.
    mangleProps:
      /^(identity|delivery|isAllowed|whenAllowed|flushNow|flush|leave|messageIds|bytes|names|bag|ids|onAnswer|adopt|hear)$/,
    define: { CICLO_VERSION: JSON.stringify(manifest.version) },
    logLevel: 'warning',
    write: false,
  })
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  const { code = '', map } = await minify(textOf(name), {
    ecma: 2020,
    module: format === 'esm',
    compress: { passes: 2 },
    ...(format === 'iife' && { format: { preamble: COMPILE_AT_ONCE } }),
    sourceMap: { content: textOf('.map'), filename: name, url: `${name}.map` },
  })
  return { name, code, map: typeof map === 'string' ? map : JSON.stringify(map) }
}

/** The module's types as one file without imports: these files hold nothing else. */
const describeModule = async (): Promise<string> => {
  const files = ['trackerEvent', 'ecommerceEvents', 'ciclo']
  const texts = await Promise.all(files.map((name) => readFile(`${folder}/src/${name}.ts`, 'utf8')))
  return [
    ...texts.map((text) => text.replaceAll(/^import .*\n/gm, '').trim()),
    'export declare const ciclo: Ciclo',
    'export declare function createTracker(defaultHost?: string): Ciclo',
    '',
  ].join('\n\n')
}

/** As a shop names it in `integrity` (https://www.w3.org/TR/SRI/). */
const integrityOf = (code: string) => `sha384-${createHash('sha384').update(code).digest('base64')}`

/**
 * Bundles the tracker into `dist/`: `ciclo.js`, the classic script that a shop embeds, `ciclo.core.js`, the same without
 * captures besides page views, `ciclo.mjs` as a module with its types, and `ciclo.onsite.mjs`, what the first loads for
 * messages on the page, each with its source map; and
 * `integrity.json`, their hashes.
 */
export const buildTracker = async (): Promise<void> => {
  const bundles = await Promise.all(BUNDLES.map(bundle))
  const hashes = Object.fromEntries(bundles.map(({ name, code }) => [name, integrityOf(code)]))
  await mkdir(`${folder}/dist`, { recursive: true })
  await Promise.all([
    ...bundles.flatMap(({ name, code, map }) => [place(name, code), place(`${name}.map`, map)]),
    place('ciclo.d.mts', await describeModule()),
    place('integrity.json', `${JSON.stringify(hashes, null, 2)}\n`),
  ])
}

if (import.meta.main) await buildTracker()
