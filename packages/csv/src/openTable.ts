import { delimiterOf, DELIMITERS } from './delimiterOf.ts'
import { guessEncoding, markedEncoding, type DetectedEncoding, type Encoding } from './detectEncoding.ts'
import { findFirstLine } from './findFirstLine.ts'
import { readRecords, type CsvRecord } from './readRecords.ts'
import { readRows } from './readRows.ts'
import { splitLines } from './splitLines.ts'
import type { TableSource } from './tableSource.ts'

/** As much of what is not UTF-8 as tells its encoding. */
const SAMPLE = 4 * 1024 * 1024

/** What a file is known by: the same content is the same import. */
export interface TableHash {
  update: (bytes: Uint8Array) => unknown
  /** In hexadecimal digits. */
  digest: () => string
}

export interface Table {
  name: string
  header: readonly string[]
  /** Those that cannot be read come with what is wrong; one of more than a megabyte is left out. */
  rows: AsyncGenerator<CsvRecord, void, undefined>
  encoding: DetectedEncoding
  /** For people. */
  separator: string
  fingerprint: string
  /** Bytes, and how many of them are read. */
  size: number
  position: () => number
  /** Also where it was not read to its end. */
  close: () => Promise<void>
}

export type OpenedTable = { ok: true; table: Table } | { ok: false; problem: string }

export interface OpenTableOptions {
  hash: () => TableHash
  /** Where the file does not say it, or is guessed wrongly. */
  encoding?: Encoding | undefined
}

/** Whether bytes are UTF-8, told piece by piece. */
function createUtf8Check() {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  return (bytes?: Uint8Array) => {
    if (!isUtf8) return false
    try {
      decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      isUtf8 = false
    }
    return isUtf8
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

type Inspected = { encoding: DetectedEncoding; size: number; fingerprint: string } | { problem: string }

/** Reads the file once: whether it is text, in which encoding, and what it is to be known by. */
async function inspect(
  { name, bytes }: TableSource,
  { hash: createHash, encoding: chosen }: OpenTableOptions,
): Promise<Inspected> {
  const hash = createHash()
  const checkUtf8 = createUtf8Check()
  const sample: Uint8Array[] = []
  let [size, sampled, marked] = [0, 0, undefined as Encoding | undefined]
  for await (const piece of bytes()) {
    if (size === 0) marked = markedEncoding(piece)
    size += piece.length
    hash.update(piece)
    if (marked === undefined && chosen === undefined && piece.includes(0))
      return {
        problem: `${name}: has NUL bytes, expected a text file; UTF-16 without a mark has to be named`,
      }
    checkUtf8(piece)
    if (sampled < SAMPLE && piece.some((byte) => byte >= 0x80)) {
      sample.push(piece)
      sampled += piece.length
    }
  }
  const known = chosen ?? marked ?? (checkUtf8() ? 'utf-8' : undefined)
  return {
    encoding: known === undefined ? guessEncoding(joined(sample)) : { encoding: known, isGuess: false },
    size,
    fingerprint: hash.digest().slice(0, 40),
  }
}

/**
 * Opens a file of rows, whatever system has written it: in UTF-8, UTF-16 or a code page of Europe, separated by commas,
 * semicolons or tabs, also where its first line says so (`sep=;`). It is read twice, and never kept as a whole.
 */
export async function openTable(source: TableSource, options: OpenTableOptions): Promise<OpenedTable> {
  const { name } = source
  const found = await inspect(source, options)
  if ('problem' in found) return { ok: false, problem: found.problem }
  const { encoding, size, fingerprint } = found
  let read = 0
  async function* pieces() {
    const decoder = new TextDecoder(encoding.encoding)
    for await (const bytes of source.bytes()) {
      read += bytes.length
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  }
  const lines = splitLines(pieces())
  let text = await findFirstLine(lines)
  const stated = /^"?sep=(.)"?$/i.exec(text?.first.text.trim() ?? '')?.[1]
  if (text && stated !== undefined) {
    await text.lines.next()
    text = await findFirstLine(text.lines)
  }
  if (!text) return { ok: false, problem: `${name}: is empty, expected a header and rows` }
  const { first } = text
  const delimiter = stated !== undefined && stated in DELIMITERS ? stated : delimiterOf(first.text)
  const records = readRecords(text.lines, delimiter)
  const { value: header } = await records.next()
  if (!header || 'problem' in header) {
    const problem = header?.problem ?? 'is empty'
    return { ok: false, problem: `${name}, row ${first.number}: ${problem}, expected a header` }
  }
  const cells = header.cells.map((cell) => cell.trim())
  return {
    ok: true,
    table: {
      name,
      header: cells,
      rows: readRows(records, cells.length),
      encoding,
      separator: DELIMITERS[delimiter as keyof typeof DELIMITERS],
      fingerprint,
      size,
      position: () => read,
      close: async () => {
        await records.return()
      },
    },
  }
}
