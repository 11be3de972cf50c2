import { expect, it } from 'vitest'
import { delimiterOf, readRecords, readRows, splitLines } from '../src/index.ts'

const tooLong = (row: number, longest: number) => new Error(`row ${row}: longer than ${longest}`)

function* cut(text: string, length: number) {
  for (let from = 0; from < text.length; from += length) yield text.slice(from, from + length)
}

/** The rows of a text that arrives in pieces of this length: its header first. */
async function read(text: string, length: number): Promise<(string | number)[][]> {
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? ''
  const records = readRecords(splitLines(cut(text, length), tooLong), delimiterOf(first))
  const { value: header } = await records.next()
  if (!header || 'problem' in header) return header ? [[header.row, header.problem]] : []
  const rows = [[header.row, ...header.cells]]
  for await (const record of readRows(records, header.cells.length))
    rows.push('problem' in record ? [record.row, record.problem] : [record.row, ...record.cells])
  return rows
}

it.each<[text: string, rows: [row: number, ...cells: string[]][]]>([
  [
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a;b\r\n1;"x;y"\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', 'x;y'],
    ],
  ],
  [
    'a\tb\n"two\nlines"\t"say ""hi"""\nlast\tone',
    [
      [1, 'a', 'b'],
      [2, 'two\nlines', 'say "hi"'],
      [4, 'last', 'one'],
    ],
  ],
  [
    '\uFEFFa,b\n,\n\n5" pipe,1\n',
    [
      [1, 'a', 'b'],
      [4, '5" pipe', '1'],
    ],
  ],
  [
    'a,b\n12,50,9\n1,2,,\n',
    [
      [1, 'a', 'b'],
      [2, 'given 3 columns, expected 2 as in the header'],
      [3, '1', '2', '', ''],
    ],
  ],
  [
    'a,b\n1,"never closed\n2,3\n',
    [
      [1, 'a', 'b'],
      [2, 'a quoted cell does not end where it should, expected " before the next cell'],
      [3, '2', '3'],
    ],
  ],
  ['', []],
])('%j is read alike, however it is cut', async (text, rows) => {
  for (const length of [1, 2, 3, 7, 1_000])
    expect(await read(text, length), `pieces of ${length}`).toEqual(rows)
})

it('says which line of a file is far too long for a row', async () => {
  await expect(read(`a,b\n${'x'.repeat(1_048_577)}`, 100_000)).rejects.toThrow('row 2: longer than 1048576')
})
