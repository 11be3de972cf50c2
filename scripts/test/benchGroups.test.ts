import { describe, expect, test } from 'vitest'
import { benchGroups, formatBenchLine, runBenchGroups } from '../support/benchGroups.ts'
import { makeFolder } from './support/makeRepository.ts'

const measuring = `export default async (report) => {
  report({ name: 'batch.events', value: 10000 / 3, unit: 'events/s', ratio: 1.2345 })
}`

async function bench(
  files: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await runBenchGroups(await makeFolder(files), names, (line) => lines.push(line))
  return { code, lines }
}

describe('runBenchGroups', () => {
  test('prints the figures of the named group', async () => {
    expect(await bench({ 'ingest.ts': measuring, 'mail.ts': 'throw 1' }, ['ingest'])).toEqual({
      code: 0,
      lines: ['batch.events 3333.33 events/s 1.23'],
    })
  })

  test('runs all groups when none is named', async () => {
    const { code, lines } = await bench({ 'engine.ts': measuring }, [])
    expect(code).toBe(0)
    expect(lines).toEqual(
      benchGroups.map((group) =>
        group === 'engine' ? 'batch.events 3333.33 events/s 1.23' : `${group}: nothing to measure yet`,
      ),
    )
  })

  test('lists the known groups when asked for an unknown one', async () => {
    expect(await bench({}, ['speed'])).toEqual({
      code: 1,
      lines: [
        'Unknown bench group speed: expected any of ingest, engine, insight, mail, tracker, journeys, store, connect, studio.',
      ],
    })
  })

  test.each([
    ['throws', "export default () => { throw new Error('no disk') }", /^ingest: failed: Error: no disk/],
    [
      'exports nothing',
      'export const a = 1',
      /^ingest: failed: Error: .*has no function as its default export/,
    ],
    [
      'reports what is no number',
      "export default (report) => report({ name: 'x', value: 0 / 0, unit: 's' })",
      /^ingest: failed: Error: The bench figure x is NaN, expected a finite number/,
    ],
  ])('fails for a group that %s, after the others have run', async (_, code, message) => {
    const result = await bench({ 'ingest.ts': code, 'mail.ts': measuring }, ['ingest', 'mail'])
    expect(result.code).toBe(1)
    expect(result.lines[0]).toMatch(message)
    expect(result.lines[1]).toMatch(/^batch\.events /)
  })
})

test.each([
  [{ name: 'a', value: 1234567.8, unit: 'B' }, 'a 1234568 B -'],
  [{ name: 'a', value: 12345678, unit: 'B' }, 'a 12345678 B -'],
  [{ name: 'a', value: 0.000123456789, unit: 's', ratio: 2 }, 'a 0.000123457 s 2.00'],
  [{ name: 'bgnbd.r', value: 0.2426, unit: '1', ratio: 1 }, 'bgnbd.r 0.2426 1 1.00'],
])('%j is printed as %s', (line, printed) => {
  expect(formatBenchLine(line)).toBe(printed)
})
