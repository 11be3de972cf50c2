import { createHash } from 'node:crypto'
import { strToU8, Zip, ZipDeflate, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { openTable } from '../src/openTable.ts'
import { tablesIn } from '../src/tablesIn.ts'
import type { TableSource } from '../src/tableSource.ts'

const hash = () => createHash('sha256')
const hashHex = () => {
  const sha256 = hash()
  return { update: (bytes: Uint8Array) => sha256.update(bytes), digest: () => sha256.digest('hex') }
}

const sourceOf = (name: string, bytes: Uint8Array, piece = 7): TableSource => ({
  name,
  async *bytes() {
    for (let from = 0; from < bytes.length; from += piece) yield bytes.subarray(from, from + piece)
  },
})

/** As a server writes it that does not know the sizes beforehand. */
function streamed(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Uint8Array[] = []
  const zip = new Zip((_error, part) => parts.push(part))
  for (const [name, text] of Object.entries(files)) {
    const entry = new ZipDeflate(name)
    zip.add(entry)
    entry.push(strToU8(text), true)
  }
  zip.end()
  return Buffer.concat(parts)
}

const FILES = {
  'export/members.csv': 'email,name\nann@x.org,Ann\nbob@x.org,Bob\n',
  'export/notes.pdf': 'not rows',
  '__MACOSX/._members.csv': 'nothing',
  'cleaned.csv': 'email,name\n'.padEnd(400_000, 'gone@x.org,Gone\n'),
}
const packed = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, strToU8(text)]))

it.each<[string, Uint8Array]>([
  ['that knows its sizes', zipSync(packed)],
  ['that only stores', zipSync(packed, { level: 0 })],
  ['that is written as a stream', streamed(FILES)],
])('the files of rows in an archive %s are read without unpacking it', async (_name, archive) => {
  const found = await tablesIn(sourceOf('export.zip', archive, 1_000))
  if (!found.ok) throw new Error(found.problem)
  const read = []
  for (const source of found.sources) {
    const opened = await openTable(source, { hash: hashHex })
    if (!opened.ok) throw new Error(opened.problem)
    const { name, size, fingerprint, rows } = opened.table
    let count = 0
    for await (const { row } of rows) count = row - 1
    read.push([name, size, count, fingerprint])
  }
  const print = (text: string) => hash().update(text).digest('hex').slice(0, 40)
  expect(read).toEqual([
    ['members.csv', 39, 2, print(FILES['export/members.csv'])],
    ['cleaned.csv', 400_000, 25_000, print(FILES['cleaned.csv'])],
  ])
})

it('a file that is no archive is itself', async () => {
  const source = sourceOf('a.csv', strToU8('a,b\n'))
  expect(await tablesIn(source)).toEqual({ ok: true, sources: [source] })
})

it.each<[string, Uint8Array]>([
  ['a workbook', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })],
  ['half an archive', zipSync(packed).subarray(0, 20)],
])('%s holds no tables', async (_name, bytes) => {
  expect(await tablesIn(sourceOf('a.xlsx', bytes))).toEqual({
    ok: false,
    problem:
      'a.xlsx: is a zip archive or a workbook, expected a CSV file, or an archive of some: save it as CSV',
  })
})

it('an archive that ends too soon is said to', async () => {
  const found = await tablesIn(sourceOf('a.zip', zipSync(packed).subarray(0, 60)))
  if (!found.ok) throw new Error(found.problem)
  const [source] = found.sources
  if (!source) throw new Error('there is no file in it')
  await expect(openTable(source, { hash: hashHex })).rejects.toThrow('the archive ends before its file does')
})
