import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { buildTracker } from '../build.ts'
import {
  loaderSnippet,
  trackerCoreFile,
  trackerFile,
  trackerIntegrityFile,
  trackerModuleFile,
  trackerOnsiteFile,
  trackerSourceMapFile,
} from '../src/index.ts'

beforeAll(buildTracker, 30_000)

const sizes = [
  { what: 'the core', file: trackerCoreFile, most: 4_096 },
  { what: 'the script with all captures', file: trackerFile, most: 6_144 },
  { what: 'the module', file: trackerModuleFile, most: 6_144 },
  { what: 'the chunk of on-site messages', file: trackerOnsiteFile, most: 6_144 },
]

test.each(sizes)('$what is at most $most bytes of gzip', async ({ file, most }) => {
  expect(gzipSync(await readFile(file), { level: 9 }).length).toBeLessThanOrEqual(most)
})

test('the loader is at most 250 bytes besides address and key', () => {
  expect(Buffer.byteLength(loaderSnippet({ src: '', key: '' }))).toBeLessThanOrEqual(250)
})

test('nothing in an address ends the element of the loader', () => {
  expect(loaderSnippet({ src: '/a</script><script>', key: '"</script>' })).not.toContain('</')
})

test.each(sizes)('$what brings nothing but its own code', async ({ file }) => {
  // The one import is that of the chunk.
  const imports = (await readFile(file, 'utf8')).match(/\bimport\b[^;]{0,40}/g) ?? []
  expect(imports.filter((one) => !one.includes('ciclo.onsite.mjs'))).toEqual([])
})

test('the source map lies beside the script under the name that the script gives', async () => {
  expect(await readFile(trackerFile, 'utf8')).toContain('//# sourceMappingURL=ciclo.js.map')
  const map = JSON.parse(await readFile(trackerSourceMapFile, 'utf8')) as {
    version: number
    sources: string[]
  }
  expect(map.version).toBe(3)
  // Through both tools that made the script, to what somebody wrote.
  expect(map.sources.some((source) => source.endsWith('src/browser/createDelivery.ts'))).toBe(true)
})

test('the hashes are those of the bundles', async () => {
  const hashes = JSON.parse(await readFile(trackerIntegrityFile, 'utf8')) as Record<string, string>
  const script = await readFile(trackerFile)
  expect(hashes['ciclo.js']).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`)
  expect(Object.keys(hashes)).toEqual(expect.arrayContaining(['ciclo.core.js', 'ciclo.mjs']))
})

test('the module can be imported where there is no browser, and its calls do not throw there', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const { ciclo } = (await import(trackerModuleFile.href)) as { ciclo: { track(event: string): void } }
  expect(ciclo.track('Rendered on a server')).toBeUndefined()
  expect(warn).toHaveBeenCalledOnce()
})
