import { openTable } from '@ciclo/csv'
import { CicloError } from '../../errors.ts'
import { hashInPieces } from '../../hashInPieces.ts'
import type { FeedProduct, FeedRefusal, FeedRow } from './feedRow.ts'
import { productsOf, type FeedReading } from './productsOf.ts'
import { readGoogleXml } from './readGoogleXml.ts'
import { tableFields } from './tableFields.ts'

async function* inPieces(text: string): AsyncGenerator<string, void, undefined> {
  const piece = 64 * 1024
  for (let from = 0; from < text.length; from += piece) yield text.slice(from, from + piece)
}

async function rowsOf(name: string, text: string): Promise<AsyncIterable<FeedRow>> {
  // XML begins with a tag, whatever its address is called.
  if (/^\uFEFF?\s*</.test(text)) return readGoogleXml(name, inPieces(text))
  const encoder = new TextEncoder()
  const opened = await openTable(
    {
      name,
      async *bytes() {
        for await (const piece of inPieces(text)) yield encoder.encode(piece)
      },
    },
    { hash: hashInPieces },
  )
  if (!opened.ok) throw new CicloError('bad-request', opened.problem)
  return tableFields(name, opened.table.header, opened.table.rows)
}

/** The products of a feed: XML, or a table. Throws `bad-request` where it is neither. */
export async function* readFeedText(
  name: string,
  text: string,
  reading: FeedReading,
): AsyncGenerator<FeedProduct | FeedRefusal, void, undefined> {
  yield* productsOf(await rowsOf(name, text), reading)
}
