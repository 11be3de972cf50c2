import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../src')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)

/** What the engine may import besides its own files, which lie no more than one folder deep. */
const KEPT = ['xstate', 'zod', 'temporal-polyfill']

/** What would make two replays differ, or let something happen inside the engine. */
const IMPURE: [what: string, pattern: RegExp][] = [
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\b/],
  ['randomness', /\bMath\.random\b|\bcrypto\b|\brandomUUID\b/],
  ['timers', /\bset(Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
  ['the process', /\bprocess\.|\bglobalThis\b/],
  ['the network', /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b/],
  ['output', /\bconsole\./],
  ['a running actor', /\bcreateActor\b|\bfromPromise\b|\.exec\(\)/],
  ['waiting', /\basync\b|\bawait\b|\bPromise\b/],
]

/** Comments may name what code may not. */
const codeOf = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"])\/\/.*$/gm, '')

const importsOf = (source: string) =>
  [...source.matchAll(/(?:^(?:import|export|\})[^'\n]*\bfrom|^import|\bimport\s*\()\s*'([^'\n]+)'/gm)].map(
    ([, name]) => name ?? '',
  )

describe('the engine’s sources', () => {
  it('are found', () => {
    expect(files).toContain('step.ts')
    expect(files.length).toBeGreaterThan(20)
  })

  it.each(files)('are pure: %s', (file) => {
    const code = codeOf(readFileSync(join(folder, file), 'utf8'))
    expect(IMPURE.filter(([, pattern]) => pattern.test(code)).map(([what]) => what)).toEqual([])
    const own = file.includes('/') ? /^\.\.?\/(?!\.)/ : /^\.\/(?!\.)/
    const foreign = importsOf(code).filter((name) => !own.test(name) && !KEPT.includes(name))
    expect(foreign).toEqual([])
  })

  it.each([
    ['const at = Date.now()', ['the clock']],
    ['const at = new Date()', ['the clock']],
    ['const at = new Date(0)', []],
    ['const id = Math.random()', ['randomness']],
    ['setTimeout(run, 1)', ['timers']],
    ['const { env } = process.env', ['the process']],
    ['// never Date.now()', []],
    ['/** never setTimeout */', []],
  ])('would be found out by %j', (source, expected) => {
    const code = codeOf(source)
    expect(IMPURE.filter(([, pattern]) => pattern.test(code)).map(([what]) => what)).toEqual(expected)
  })

  it.each([
    ["import { readFile } from 'node:fs/promises'", ['node:fs/promises']],
    ["import 'node:fs'", ['node:fs']],
    ["const fs = await import('fs')", ['fs']],
    ["export { a } from '../elsewhere.ts'", ['../elsewhere.ts']],
  ])('would be found to import by %j', (source, expected) => {
    expect(importsOf(source)).toEqual(expected)
  })
})
