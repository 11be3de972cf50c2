import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buildStudio } from '../../build.ts'

const folder = join(import.meta.dirname, '../..')
const SOURCES = [
  'src',
  'public',
  'index.html',
  'package.json',
  'build.ts',
  'viteConfig.ts',
  '../../packages/csv/src',
]

const changedAt = async (path: string): Promise<number> => (await stat(path)).mtimeMs

async function newestIn(path: string): Promise<number> {
  const known = await stat(path)
  if (!known.isDirectory()) return known.mtimeMs
  const names = await readdir(path, { recursive: true })
  return Math.max(known.mtimeMs, ...(await Promise.all(names.map((name) => changedAt(join(path, name))))))
}

let building: Promise<void> | undefined

async function build(): Promise<void> {
  const built = await changedAt(join(folder, 'dist/index.html')).catch(() => 0)
  const newest = await Promise.all(SOURCES.map((name) => newestIn(join(folder, name))))
  if (Math.max(...newest) >= built) await buildStudio()
}

/** The studio as its sources are: built anew where they are newer than what was built, once for each process. */
export async function ensureStudio(): Promise<void> {
  building ??= build()
  await building
}
