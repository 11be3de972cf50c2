import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { CommerceName } from '@ciclo/engine'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { buildTracker } from '../build.ts'
import { trackerModuleFile, trackerTypesFile, type EcommerceEvents } from '../src/index.ts'

const tsc = join(import.meta.dirname, '../../../node_modules/.bin/tsc')

let folder: string
beforeAll(async () => {
  await buildTracker()
  folder = await mkdtemp(join(tmpdir(), 'ciclo-types-'))
  await copyFile(trackerModuleFile, join(folder, 'ciclo.mjs'))
  await copyFile(trackerTypesFile, join(folder, 'ciclo.d.mts'))
}, 30_000)
afterAll(() => rm(folder, { recursive: true }))

/** What TypeScript says of a call in a shop's own code, as its first words. */
const judge = async (call: string): Promise<string> => {
  const file = join(folder, 'shop.ts')
  await writeFile(file, `import { ciclo } from './ciclo.mjs'\n${call}\n`)
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2022,dom']
  const { stdout } = await promisify(execFile)(tsc, [...options, file], { cwd: folder }).catch(
    (failure: unknown) => failure as { stdout: string },
  )
  return /error (TS\d+)/.exec(stdout)?.[1] ?? 'right'
}

test.each([
  ["ciclo.track('Product Viewed', { product_id: '7', price: 12.5, colour: 'red' })", 'right'],
  ["ciclo.track('Size Guide Opened')", 'right'],
  ["ciclo.track('Size Guide Opened', { size: 'M' })", 'right'],
  ["ciclo.track('Product Viewed', { product_id: '7', price: '12.50' })", 'TS2322'],
  ["ciclo.track('Order Completed', { orderId: '7' })", 'TS2741'],
  ["ciclo.track('Order Completed')", 'TS2554'],
  ["ciclo.init({ writeKey: 'k', consent: 'perhaps' })", 'TS2322'],
  [
    "ciclo.init({ writeKey: 'k', host: 'https://e.shop.example', linkHosts: 'a.example b.example' })",
    'right',
  ],
])('%s is %s', async (call, expected) => {
  expect(await judge(call)).toBe(expected)
})

test('the events whose properties are checked are those of the specification that the engine knows', () => {
  expectTypeOf<keyof EcommerceEvents>().toEqualTypeOf<CommerceName>()
})
