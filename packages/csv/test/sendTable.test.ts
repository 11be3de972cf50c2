import { describe, expect, it } from 'vitest'
import type { Table } from '../src/openTable.ts'
import { NO_TALLY, sendTable, type PageAnswer, type TablePage } from '../src/sendTable.ts'

async function* rowsOf(rows: readonly (string[] | string)[]) {
  for (const [place, cells] of rows.entries())
    yield typeof cells === 'string' ? { row: place + 2, problem: cells } : { row: place + 2, cells }
}

const tableOf = (header: string[], ...rows: (string[] | string)[]): Table => ({
  name: 'a.csv',
  header,
  rows: rowsOf(rows),
  encoding: { encoding: 'utf-8', isGuess: false },
  separator: 'commas',
  fingerprint: 'f'.repeat(40),
  size: 100,
  position: () => 50,
  close: async () => {},
})

const ANSWER: PageAnswer = { ...NO_TALLY.counts, refused: [], conflicts: [], months: [] }

/** Sends, and gives back what arrived. */
async function sent(
  table: Table,
  { goesOn = null as null | { same: number; blank: number }, done = 0 } = {},
) {
  const pages: TablePage[] = []
  const tally = await sendTable({
    table,
    format: { id: 'any', goesOn },
    dryRun: false,
    receiver: {
      rowsDone: async () => done,
      send: async (page) => {
        pages.push(page)
        return { ...ANSWER, applied: page.records.length, conflicts: [{ row: 1, reason: 'two' }] }
      },
    },
  })
  return { pages, tally }
}

describe('a table is sent', () => {
  it('in pages of 500 records', async () => {
    const { pages, tally } = await sent(
      tableOf(['a'], ...Array.from({ length: 1_001 }, (_, place) => [`${place}`])),
    )
    expect(pages.map(({ records, file }) => [records.length, file.rows, file.isEnd])).toEqual([
      [500, 501, false],
      [500, 1_001, false],
      [1, 1_002, true],
    ])
    expect([tally.records, tally.counts.applied, tally.conflicts, tally.share]).toEqual([1_001, 1_001, 3, 1])
  })

  it('in pages that the server takes, however wide its rows are', async () => {
    const wide = Array.from({ length: 60 }, () => 'ż'.repeat(100))
    const { pages } = await sent(tableOf(wide, ...Array.from({ length: 300 }, () => wide)))
    expect(pages.reduce((sum, { records }) => sum + records.length, 0)).toBe(300)
    expect(Math.max(...pages.map((page) => Buffer.byteLength(JSON.stringify(page))))).toBeLessThan(512 * 1024)
  })

  it('with the rows of a record together', async () => {
    const table = tableOf(
      ['Name', 'Total', 'Line'],
      ['#1', '10', 'oil'],
      ['#1', '', 'soap'],
      ['#2', '5', 'oil'],
      ['#2', '7', 'another order of that name'],
    )
    const { pages } = await sent(table, { goesOn: { same: 0, blank: 1 } })
    expect(pages[0]?.records.map(({ row, rows }) => [row, rows.length])).toEqual([
      [2, 2],
      [4, 1],
      [5, 1],
    ])
  })

  it('from where it broke off', async () => {
    const { pages, tally } = await sent(tableOf(['a'], ['1'], ['2'], ['3']), { done: 3 })
    expect(pages.map(({ records }) => records.map(({ row }) => row))).toEqual([[4]])
    expect([tally.records, tally.skipped]).toEqual([3, 2])
  })

  it('without the rows that nobody could take, each with its reason', async () => {
    const long = 'x'.repeat(19_000)
    const { pages, tally } = await sent(
      tableOf(
        ['a'],
        ['1'],
        'a quote',
        ['y'.repeat(20_001)],
        Array.from({ length: 30 }, () => long),
        ['5'],
      ),
    )
    expect(pages.flatMap(({ records }) => records.map(({ row }) => row))).toEqual([2, 6])
    expect(tally.refusals).toEqual([
      { row: 3, reason: 'a quote' },
      { row: 4, reason: 'a cell has 20001 characters, expected at most 20000' },
      { row: 5, reason: expect.stringMatching(/^has \d+ bytes, expected at most \d+$/) as string },
    ])
  })
})
