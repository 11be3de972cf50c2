import { Unzip, UnzipInflate } from 'fflate'
import type { TableSource } from './tableSource.ts'

/** How every zip archive begins, and so every workbook. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]

const isTable = (name: string) => /\.(?:csv|tsv|txt)$/i.test(name) && !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name)

async function headOf({ bytes }: TableSource): Promise<Uint8Array> {
  for await (const piece of bytes()) return piece.subarray(0, ZIP.length)
  return new Uint8Array()
}

/** Reads through an archive, and hands out the bytes of its entry at this place. */
async function* entryOf({ bytes }: TableSource, place: number): AsyncGenerator<Uint8Array, void, undefined> {
  const ready: Uint8Array[] = []
  let [seen, isOver, failure] = [0, false, null as Error | null]
  const unzip = new Unzip((entry) => {
    seen += 1
    if (seen - 1 !== place) return
    entry.ondata = (error, data, isEnd) => {
      failure ??= error
      ready.push(data)
      isOver ||= isEnd
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  for await (const piece of bytes()) {
    unzip.push(piece)
    if (failure !== null) throw failure
    yield* ready.splice(0)
    if (isOver) return
  }
  throw new Error('the archive ends before its file does')
}

async function namesIn({ bytes }: TableSource): Promise<string[]> {
  const names: string[] = []
  const unzip = new Unzip(({ name }) => names.push(name))
  unzip.register(UnzipInflate)
  for await (const piece of bytes()) unzip.push(piece)
  return names
}

export type TablesIn = { ok: true; sources: TableSource[] } | { ok: false; problem: string }

/**
 * The files of rows that a file holds: itself, or where it is a zip archive (as Mailchimp hands out) those in it. They
 * are unpacked as they are read, and never kept.
 */
export async function tablesIn(source: TableSource): Promise<TablesIn> {
  const head = await headOf(source)
  if (!ZIP.every((byte, place) => head[place] === byte)) return { ok: true, sources: [source] }
  const names = await namesIn(source)
  const sources = names.flatMap((name, place): TableSource[] =>
    isTable(name) ? [{ name: name.split('/').at(-1) ?? name, bytes: () => entryOf(source, place) }] : [],
  )
  return sources.length > 0
    ? { ok: true, sources }
    : {
        ok: false,
        problem: `${source.name}: is a zip archive or a workbook, expected a CSV file, or an archive of some: save it as CSV`,
      }
}
