import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const folder = import.meta.dirname

/** Bundles the shop's own script into `dist/shop.js`. */
export const buildDemoStore = async (): Promise<void> => {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['src/client/shop.ts'],
    outfile: 'dist/shop.js',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  })
  await mkdir(`${folder}/dist`, { recursive: true })
  for (const { path, contents } of outputFiles) {
    // Moved into place, so that a server that reads it meanwhile never gets half a file.
    const unfinished = `${path}.${randomUUID()}`
    await writeFile(unfinished, contents)
    await rename(unfinished, path)
  }
}

if (import.meta.main) await buildDemoStore()
