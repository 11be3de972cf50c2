import { delimiterOf, findFirstLine, readRecords, readRows, splitLines, type CsvRecord } from '@ciclo/csv'

/** A file of rows, read as far as somebody asks for them. */
interface CsvFile {
  /** Of its columns; empty where the file is. */
  header: readonly string[]
  rows: AsyncIterable<CsvRecord>
  /** How much of it has been read, from 0 to 1. */
  share: () => number
}

const PIECE = 256 * 1024

async function encodingOf(file: File): Promise<string> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** Opens a CSV file in UTF-8, or in UTF-16 with a byte order mark. Throws where a line or the header cannot be read. */
export async function openCsvFile(file: File): Promise<CsvFile> {
  const decoder = new TextDecoder(await encodingOf(file))
  let read = 0
  async function* pieces() {
    for (let from = 0; from < file.size; from += PIECE) {
      const bytes = await file.slice(from, from + PIECE).arrayBuffer()
      read = Math.min(file.size, from + PIECE)
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  }
  const lines = splitLines(
    pieces(),
    (row, longest) =>
      new Error(`${file.name}, row ${row}: longer than ${longest} characters, expected a text file of rows`),
  )
  const text = await findFirstLine(lines)
  const share = () => (file.size === 0 ? 1 : read / file.size)
  if (!text) return { header: [], rows: readRecords([], ','), share }
  const records = readRecords(text.lines, delimiterOf(text.first.text))
  const { value: header } = await records.next()
  if (!header) return { header: [], rows: records, share }
  if ('problem' in header) throw new Error(`${file.name}, row ${header.row}: ${header.problem}`)
  return { header: header.cells, rows: readRows(records, header.cells.length), share }
}
