import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanJson } from '../src/ingest/cleanJson.ts'

it.each([
  ['1e400', null],
  ['-1e400', null],
  ['-0', 0],
  ['1e308', 1e308],
  ['"a\\u0000b\\ud800"', 'a\uFFFDb\uFFFD'],
  ['{"a":[1e400,-0]}', { a: [null, 0] }],
  ['{"__proto__":{"a":1},"b":1}', { b: 1 }],
])('%s is what a store would read back', (text, expected) => {
  const clean = cleanJson(JSON.parse(text))
  // Tells 0 from -0, and whether a key is an own one.
  expect(clean).toStrictEqual({ ok: true, value: expected, atMost: expect.any(Number) as number })
})

it('is refused beyond 32 levels', () => {
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
  expect(cleanJson(nested(32)).ok).toBe(true)
  expect(cleanJson(nested(33))).toMatchObject({ ok: false })
})

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

it(`is never larger than its bound, and itself where nothing is wrong with it (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), (value) => {
      const clean = cleanJson(value)
      if (!clean.ok) throw new Error(clean.message)
      expect(Buffer.byteLength(JSON.stringify(clean.value))).toBeLessThanOrEqual(clean.atMost)
      if (clean.atMost !== Infinity) expect(clean.value).toBe(value)
    }),
    { seed, numRuns: 500 },
  )
})
