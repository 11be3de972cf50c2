import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleOnsite } from './support/bundleOnsite.ts'

test('the chunk of on-site messages stays below 6,144 bytes of gzip', async () => {
  const script = await bundleOnsite()
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(6_144)
})

test('the chunk brings nothing but its own code', async () => {
  expect(await bundleOnsite()).not.toMatch(/\bimport\b|\brequire\(/)
})
