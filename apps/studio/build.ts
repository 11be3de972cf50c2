import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { viteConfig } from './viteConfig.ts'

const DIST = join(import.meta.dirname, 'dist')
/** For so long the files of earlier builds stay: whoever has a page open still loads its parts by their old names. */
const KEPT = 24 * 3_600_000

/** Where a file is on the way to its place, on the same file system: moved there, nobody ever reads half of it. */
const placing = async (from: string, to: string) => {
  const unfinished = `${to}.${randomUUID()}`
  await copyFile(from, unfinished)
  await rename(unfinished, to)
}

async function removeOld(folder: string, current: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (current.has(name)) continue
    const known = await stat(join(folder, name)).catch(() => undefined)
    if (known && Date.now() - known.mtimeMs > KEPT) await rm(join(folder, name), { force: true })
  }
}

/**
 * Vite asks the environment which React to take: with `development` or `test` there, as a shell or a test runner has it,
 * a page would load 311 KB instead of 240, and take twice as long to change.
 */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/**
 * Bundles the studio into `dist/`: a page, hashed assets, and a manifest of what the first page loads. A server may
 * serve from there meanwhile, and several may build: the page is put in its place when all that it loads is there.
 */
export const buildStudio = async (): Promise<void> => {
  const made = join(DIST, `.making-${randomUUID()}`)
  try {
    await inProduction(() =>
      build({
        ...viteConfig,
        configFile: false,
        logLevel: 'warn',
        build: { ...viteConfig.build, outDir: made },
      }),
    )
    for (const folder of ['assets', '.vite']) {
      await mkdir(join(DIST, folder), { recursive: true })
      for (const name of await readdir(join(made, folder)))
        await placing(join(made, folder, name), join(DIST, folder, name))
    }
    const assets = new Set(await readdir(join(made, 'assets')))
    for (const file of ['favicon.svg', 'index.html']) await placing(join(made, file), join(DIST, file))
    await removeOld(join(DIST, 'assets'), assets)
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

if (import.meta.main) await buildStudio()
