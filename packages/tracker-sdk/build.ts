import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import type { BuildOptions, OutputFile } from 'esbuild'
import manifest from './package.json' with { type: 'json' }

const folder = import.meta.dirname

const shared: BuildOptions & { write: false } = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  sourcemap: true,
  target: 'es2019',
  legalComments: 'none',
  define: { CICLO_VERSION: JSON.stringify(manifest.version) },
  logLevel: 'warning',
  write: false,
}

/** Moved into place, so that a server that reads it meanwhile never gets half a file. */
const writeOutput = async ({ path, contents }: OutputFile): Promise<void> => {
  const unfinished = `${path}.${randomUUID()}`
  await writeFile(unfinished, contents)
  await rename(unfinished, path)
}

/**
 * Bundles the tracker into `dist/`: `ciclo.js`, the classic script that a shop embeds, and `ciclo.mjs`, the same
 * tracker as a module, each with its source map.
 */
export const buildTracker = async (): Promise<void> => {
  const results = await Promise.all([
    build({ ...shared, entryPoints: ['src/browser/script.ts'], format: 'iife', outfile: 'dist/ciclo.js' }),
    build({ ...shared, entryPoints: ['src/browser/module.ts'], format: 'esm', outfile: 'dist/ciclo.mjs' }),
  ])
  await mkdir(`${folder}/dist`, { recursive: true })
  await Promise.all(results.flatMap(({ outputFiles }) => outputFiles).map(writeOutput))
}

if (import.meta.main) await buildTracker()
