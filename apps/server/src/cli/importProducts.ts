import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { CicloError } from '../errors.ts'
import { productsOf } from '../catalogue/feeds/productsOf.ts'
import { readGoogleXml } from '../catalogue/feeds/readGoogleXml.ts'
import type { FeedRow } from '../catalogue/feeds/feedRow.ts'
import { tableFields } from '../catalogue/feeds/tableFields.ts'
import { TakenProductsSchema } from '../routes/productSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { count, createProgress } from './progress.ts'
import { harmless } from './quoted.ts'
import { readTables } from './readTables.ts'
import type { Surroundings } from './surroundings.ts'

export interface ImportProductsFlags {
  dryRun: boolean
  currency?: string
}

interface Feed {
  rows: AsyncIterable<FeedRow>
  size: number
  position: () => number
  close: () => Promise<void>
}

const AT_ONCE = 200
/** Well below what a request may have. */
const CHARACTERS = 100_000
const SHOWN = 100

/** XML begins with a tag, whatever the file is called. */
async function openFeed(path: string, name: string): Promise<Feed> {
  const handle = await open(path).catch(() => undefined)
  const start = Buffer.alloc(200)
  const size = (await handle?.stat())?.size ?? 0
  const { bytesRead } = (await handle?.read(start, 0, start.length, 0).catch(() => undefined)) ?? {
    bytesRead: 0,
  }
  await handle?.close()
  if (!/^\uFEFF?\s*</.test(start.toString('utf8', 0, bytesRead))) {
    const [table] = await readTables(path, undefined)
    if (!table) throw new CicloError('bad-request', `${name}: has no table`)
    return { ...table, rows: tableFields(name, table.header, table.rows) }
  }
  const stream = createReadStream(path, { encoding: 'utf8' })
  return {
    rows: readGoogleXml(name, stream as AsyncIterable<string>),
    size,
    position: () => stream.bytesRead,
    close: async () => void stream.destroy(),
  }
}

/** Takes a feed over page by page. What is refused is named and keeps nothing else out. Exit code 2 where something was. */
export async function importProducts(
  { request }: ApiTarget,
  path: string,
  { dryRun, currency }: ImportProductsFlags,
  surroundings: Surroundings,
): Promise<number> {
  const { folder, say, now } = surroundings
  const name = basename(path)
  const feed = await openFeed(resolve(folder, path), name)
  const progress = createProgress(surroundings, 'products')
  const counts = { changed: 0, unchanged: 0, refused: 0 }
  const shown: string[] = []
  const refuse = (row: number, reason: string) => {
    counts.refused += 1
    if (shown.length < SHOWN) shown.push(`  row ${row}: ${harmless(reason)}`)
  }
  let page: { row: number; text: string }[] = []
  const send = async () => {
    if (page.length === 0) return
    const body = { dryRun, products: page.map(({ text }): unknown => JSON.parse(text)) }
    const answer = TakenProductsSchema.parse(await (await request('POST', '/products', body)).json())
    for (const [place, { result, reason }] of answer.products.entries()) {
      if (result === 'refused') refuse(page[place]?.row ?? 0, reason ?? 'wrong')
      else counts[result] += 1
    }
    page = []
    progress.show(counts.changed + counts.unchanged, feed.size === 0 ? 1 : feed.position() / feed.size)
  }
  try {
    let characters = 0
    for await (const product of productsOf(feed.rows, { at: now(), currency })) {
      if ('problem' in product) {
        refuse(product.row, product.problem)
        continue
      }
      const text = JSON.stringify(product.item)
      if (page.length === AT_ONCE || characters + text.length > CHARACTERS) {
        await send()
        characters = 0
      }
      page.push({ row: product.row, text })
      characters += text.length
    }
    await send()
  } finally {
    progress.end()
    await feed.close()
  }
  say(`${name}: ${count(counts.changed + counts.unchanged)} products${dryRun ? ', nothing is stored' : ''}`)
  say(`  changed    ${count(counts.changed)}`)
  say(`  unchanged  ${count(counts.unchanged)}`)
  say(`  refused    ${count(counts.refused)}`)
  for (const line of shown) say(line)
  return counts.refused > 0 ? 2 : 0
}
