import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { buildStudio } from '../build.ts'

/** What Vite writes down of each file of the build, by its source. */
interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
}

const DIST = new URL('../dist/', import.meta.url)
/** In thousands of bytes, packed: what a phone on a slow line loads in a second or two. */
const MOST_AT_FIRST = 250
const MOST_OF_A_PAGE = 150
/** What is loaded before anything is shown: the frame, the words of one language, and the first page. */
const FRAME = ['src/main.tsx', 'src/words/en/shell.json', 'src/words/en/states.json']
const HOME = ['src/words/en/home.json', 'src/pages/home/HomePage.tsx']

let manifest: Record<string, Chunk>
beforeAll(async () => {
  // Built here, where the environment says `test`: what shops get must not hang on that.
  await buildStudio()
  manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', DIST), 'utf8')) as typeof manifest
})

/** All scripts that a source needs before it runs. */
function scriptsOf(source: string, found = new Set<string>()): Set<string> {
  const chunk = source === 'src/main.tsx' ? manifest['index.html'] : manifest[source]
  if (!chunk) throw new Error(`The manifest has no ${source}`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const inner of chunk.imports ?? []) scriptsOf(inner, found)
  return found
}

async function packed(files: Iterable<string>): Promise<number> {
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(new URL(file, DIST)), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

it('The first page loads little JavaScript', async () => {
  const files = new Set([...FRAME, ...HOME].flatMap((source) => [...scriptsOf(source)]))
  const size = await packed(files)
  process.stdout.write(`studio: the first page loads ${size.toFixed(1)} kB of JavaScript, packed\n`)
  // Far below it something would be missing from the sum.
  expect(size).toBeGreaterThan(100)
  expect(size).toBeLessThanOrEqual(MOST_AT_FIRST)
})

it('No page loads much more than the first', async () => {
  const before = new Set(FRAME.flatMap((source) => [...scriptsOf(source)]))
  const pages = Object.keys(manifest).filter((source) => /^src\/pages\/.*Page\.tsx$/.test(source))
  expect(pages.length).toBeGreaterThan(10)
  const sizes = new Map<string, number>()
  for (const page of pages)
    sizes.set(page, await packed([...scriptsOf(page)].filter((file) => !before.has(file))))
  const told = [...sizes].toSorted(([, one], [, other]) => other - one)
  process.stdout.write(
    told.map(([page, size]) => `studio: ${page.slice('src/pages/'.length)} ${size.toFixed(1)} kB\n`).join(''),
  )
  expect(told.filter(([, size]) => size > MOST_OF_A_PAGE)).toEqual([])
})
