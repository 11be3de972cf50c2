import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { buildTracker } from '../build.ts'
import { trackerFile, trackerModuleFile, trackerSourceMapFile } from '../src/index.ts'

beforeAll(buildTracker, 30_000)

test('the script with all captures stays below 6,144 bytes of gzip', async () => {
  expect(gzipSync(await readFile(trackerFile), { level: 9 }).length).toBeLessThanOrEqual(6_144)
})

test('the source map lies beside the script under the name that the script gives', async () => {
  expect(await readFile(trackerFile, 'utf8')).toContain('//# sourceMappingURL=ciclo.js.map')
  expect(JSON.parse(await readFile(trackerSourceMapFile, 'utf8'))).toMatchObject({ version: 3 })
})

test('the module can be imported where there is no browser, and its calls do not throw there', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const { ciclo } = (await import(trackerModuleFile.href)) as { ciclo: { track(event: string): void } }
  expect(ciclo.track('Rendered on a server')).toBeUndefined()
  expect(warn).toHaveBeenCalledOnce()
})
