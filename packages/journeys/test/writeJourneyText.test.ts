import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JourneySchema } from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryForwardJourney, arbitraryJourney } from '../../engine/test/support/arbitraryJourney.ts'
import { journeyHash, readJourneyText, writeJourneyText } from '../src/index.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

const folder = join(import.meta.dirname, '../journeys')
const shipped = readdirSync(folder).filter((file) => file.endsWith('.yaml'))

const read = (text: string, file?: string) => {
  const found = readJourneyText(text, file)
  if ('problems' in found) throw new SyntaxError(found.problems.map((problem) => problem.text).join('\n'))
  return found.journey
}

/** The same JSON with the members of each object the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turned(member)]),
  )
}

const WRITTEN = `id: tested
name: Tested
description: >-
  Who has not been here for long, and would not come back without being asked: a paragraph that is longer than
  a line, and so goes on in the next one.
trigger: { kind: date, date: { of: trait, path: [ birthday ], yearly: true }, at: '10:30' }
entry:
  kind: and
  rules:
    - { kind: reachable }
    - { kind: ago, of: lastOrder, atLeast: 30d }
key: { path: [ order_id ] }
reentry: { kind: afterEnd, per: customer, duration: 0d }
exits:
  - { on: { kind: event, name: Order Completed }, name: ordered }
steps:
  - { kind: delay, id: pause, duration: 36h }
  - kind: wait
    id: hold
    for: { kind: event, name: Product Viewed }
    timeout: 2d
    onTimeout: end
  - kind: branch
    id: ask
    ways:
      - { when: { kind: lifecycle, region: stage, states: [ new, active ] }, to: mail }
  - kind: update
    id: note
    traits: { asked: true, duration: 7 }
  - { kind: send, id: mail, template: win-back, purpose: marketing, next: end }
`

describe('a journey as a file', () => {
  it('has its fields in one order, no defaults, and short parts in one line', () => {
    expect(writeJourneyText(read(WRITTEN))).toBe(WRITTEN)
  })

  it('is the same however it was written before', () => {
    const journey = read(WRITTEN)
    expect(writeJourneyText(read(`# A comment\n${JSON.stringify(turned(journey))}`))).toBe(WRITTEN)
  })

  it.each([
    'no',
    'on',
    '12',
    '1e3',
    '09:00',
    '~',
    'null',
    '- x',
    'a: b',
    '# c',
    ' x ',
    'x\n',
    '\nx',
    "it's",
    '"',
    'é\u0000\u0085\u2028\uD800',
    'x'.repeat(200),
    `${'long words '.repeat(15)} `,
    `${'two  spaces '.repeat(15)}x`,
  ])('says %j and nothing else', (name) => {
    const journey = { ...read(WRITTEN), name, description: name }
    expect(read(writeJourneyText(journey))).toEqual(journey)
  })

  it('keeps the lines of a text of several', () => {
    const lines = `${'A line that is long enough for a paragraph. '.repeat(2)}\nAnother.`
    expect(writeJourneyText({ ...read(WRITTEN), description: lines })).toContain(
      `description: |-\n  ${lines.replace('\n', '\n  ')}\n`,
    )
  })

  it('is not misread where no is false and 9:30 a number', () => {
    const text = writeJourneyText({ ...read(WRITTEN), name: 'No' })
    expect(text).toContain("name: 'No'")
    expect(text).toContain("at: '10:30'")
  })

  it(`says the same journey, whatever it is (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryJourney, arbitraryForwardJourney), (journey) => {
        const text = writeJourneyText(journey)
        const again = read(text)
        expect(again).toEqual(journey)
        expect(writeJourneyText(again)).toBe(text)
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400)
      }),
      { seed, numRuns: 80 },
    )
  })

  it.each(shipped)('says what the shipped one does: %s', (file) => {
    const journey = read(readFileSync(join(folder, file), 'utf8'), file)
    expect(journey.id).toBe(file.replace('.yaml', ''))
    expect(read(writeJourneyText(journey))).toEqual(journey)
  })
})

describe('the hash of a journey', () => {
  it(`is the same for YAML, JSON and any order of fields (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryJourney, (journey) => {
        const hashes = [
          journey,
          read(writeJourneyText(journey)),
          read(JSON.stringify(journey)),
          JourneySchema.parse(turned(journey)),
        ].map(journeyHash)
        expect(new Set(hashes).size).toBe(1)
      }),
      { seed, numRuns: 40 },
    )
  })

  it('is the SHA-256 of its canonical JSON', () => {
    expect(
      journeyHash(
        read(
          '{ id: a, name: A, trigger: { kind: api }, reentry: { kind: never }, steps: [{ kind: end, id: x }] }',
        ),
      ),
    ).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    { name: 'Other' },
    { holdOut: 0.1 },
    { exits: [] },
    { steps: read(WRITTEN).steps.toReversed() },
    { steps: read(WRITTEN).steps.slice(1) },
  ])('is another for %j', (change) => {
    const journey = read(WRITTEN)
    expect(journeyHash({ ...journey, ...change })).not.toBe(journeyHash(journey))
  })
})
