import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import {
  DELIMITERS,
  delimiterOf,
  findFirstLine,
  readRecords,
  readRows,
  splitLines,
  type CsvRecord,
} from '@ciclo/csv'
import { CicloError } from '../errors.ts'
import {
  guessEncoding,
  markedEncoding,
  type DetectedEncoding,
  type Encoding,
} from '../imports/detectEncoding.ts'

const PIECE = 256 * 1024
/** As much of what is not UTF-8 as tells its encoding. */
const SAMPLE = 4 * 1024 * 1024

export interface Table {
  header: readonly string[]
  rows: AsyncGenerator<CsvRecord, void, undefined>
  encoding: DetectedEncoding
  /** For people. */
  separator: string
  /** Of the file: the same content is the same import. */
  fingerprint: string
  size: number
  position: () => number
  /** Also when it was not read to its end. */
  close: () => Promise<void>
}

async function* bytesOf(handle: FileHandle) {
  for await (const chunk of handle.createReadStream({ highWaterMark: PIECE, start: 0, autoClose: false }))
    yield chunk as Buffer
}

/** Reads the file once: whether it is text, in which encoding, and what it is to be known by. */
async function inspect(handle: FileHandle, name: string, chosen: Encoding | undefined) {
  const hash = createHash('sha256')
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const sample: Buffer[] = []
  let [size, sampled, isUtf8, marked] = [0, 0, true, undefined as Encoding | undefined]
  for await (const bytes of bytesOf(handle)) {
    if (size === 0) {
      marked = markedEncoding(bytes)
      if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')))
        throw new CicloError(
          'bad-request',
          `${name}: is a zip archive or a workbook, expected a CSV file: unpack it, or save it as CSV`,
        )
    }
    size += bytes.length
    hash.update(bytes)
    if (marked === undefined && chosen === undefined && bytes.includes(0))
      throw new CicloError(
        'bad-request',
        `${name}: has NUL bytes, expected a text file; --encoding names UTF-16`,
      )
    if (isUtf8 && marked === undefined) {
      try {
        utf8.decode(bytes, { stream: true })
      } catch {
        isUtf8 = false
      }
    }
    if (sampled < SAMPLE && bytes.some((byte) => byte >= 0x80)) {
      sample.push(bytes)
      sampled += bytes.length
    }
  }
  if (isUtf8 && marked === undefined) {
    try {
      utf8.decode()
    } catch {
      isUtf8 = false
    }
  }
  const encoding: DetectedEncoding =
    chosen !== undefined
      ? { encoding: chosen, isGuess: false }
      : marked !== undefined
        ? { encoding: marked, isGuess: false }
        : isUtf8
          ? { encoding: 'utf-8', isGuess: false }
          : guessEncoding(Buffer.concat(sample))
  return { encoding, size, fingerprint: hash.digest('hex').slice(0, 40) }
}

/**
 * Opens a file of rows, whatever system has written it: in UTF-8, UTF-16 or a code page of Europe, separated by commas,
 * semicolons or tabs, also where its first line says so (`sep=;`). Rows that cannot be read come with what is wrong; one of
 * more than a megabyte is left out. Throws `bad-request` where it is no text, or has no header.
 *
 * @param name for people
 */
export async function readTable(path: string, name: string, chosen: Encoding | undefined): Promise<Table> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new CicloError('bad-request', `${path}: cannot be opened: ${(cause as Error).message}`, { cause })
  })
  try {
    return await readOpen(handle, name, chosen)
  } catch (error) {
    await handle.close()
    if (error instanceof CicloError) throw error
    throw new CicloError('bad-request', `${path}: cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

async function readOpen(handle: FileHandle, name: string, chosen: Encoding | undefined): Promise<Table> {
  const found = await inspect(handle, name, chosen)
  let read = 0
  async function* pieces() {
    const decoder = new TextDecoder(found.encoding.encoding)
    for await (const bytes of bytesOf(handle)) {
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
  if (!text) throw new CicloError('bad-request', `${name}: is empty, expected a header and rows`)
  const { first } = text
  const delimiter = stated !== undefined && stated in DELIMITERS ? stated : delimiterOf(first.text)
  const records = readRecords(text.lines, delimiter)
  const { value: header } = await records.next()
  if (!header || 'problem' in header)
    throw new CicloError(
      'bad-request',
      `${name}, row ${first.number}: ${header?.problem ?? 'is empty'}, expected a header`,
    )
  const cells = header.cells.map((cell) => cell.trim())
  return {
    header: cells,
    rows: readRows(records, cells.length),
    encoding: found.encoding,
    separator: DELIMITERS[delimiter as keyof typeof DELIMITERS],
    fingerprint: found.fingerprint,
    size: found.size,
    position: () => read,
    close: () => handle.close(),
  }
}
