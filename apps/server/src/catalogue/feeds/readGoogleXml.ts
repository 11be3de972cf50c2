import { SaxesParser } from 'saxes'
import { CicloError } from '../../errors.ts'
import type { FeedRow } from './feedRow.ts'

/** Text between two tags beyond which no feed is read, in characters. */
const LONGEST = 1024 * 1024
const VALUES = 60

/**
 * The products of a Google Merchant feed, RSS 2.0 or Atom, as it comes in and in flat memory. What stands deeper in an
 * item, such as the price of its shipping, is not the item's own. Throws `bad-request` where it is no XML, or brings a
 * document type with it: nobody's feed needs entities, and those who attack do.
 * https://support.google.com/merchants/answer/7052112
 *
 * @param name for people
 */
export async function* readGoogleXml(
  name: string,
  pieces: AsyncIterable<string>,
): AsyncGenerator<FeedRow, void, undefined> {
  const refuse = (problem: string) => new CicloError('bad-request', `${name}: ${problem}`)
  const parser = new SaxesParser()
  let [row, depth, itemDepth, pending] = [0, 0, 0, 0]
  let text = ''
  let plain = new Map<string, string[]>()
  let google = new Map<string, string[]>()
  let ready: FeedRow[] = []
  const add = (tag: string, value: string) => {
    const isGoogle = tag.startsWith('g:')
    const fields = isGoogle ? google : plain
    const field = isGoogle ? tag.slice(2) : tag
    const values = fields.get(field) ?? []
    if (value !== '' && values.length < VALUES) fields.set(field, [...values, value])
  }
  parser.on('doctype', () => {
    throw refuse('has a document type (<!DOCTYPE>), expected a feed without one')
  })
  parser.on('opentag', ({ name: tag, attributes }) => {
    depth += 1
    pending = 0
    if (itemDepth === 0 && (tag === 'item' || tag === 'entry')) {
      row += 1
      itemDepth = depth
      plain = new Map()
      google = new Map()
    }
    if (depth === itemDepth + 1) text = ''
    // Atom has the address in an attribute.
    const { href, rel } = attributes
    if (itemDepth > 0 && tag === 'link' && href !== undefined && (rel === undefined || rel === 'alternate'))
      add(tag, href.trim())
  })
  const append = (piece: string) => {
    if (itemDepth > 0 && depth === itemDepth + 1) text += piece
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', ({ name: tag }) => {
    pending = 0
    if (itemDepth > 0 && depth === itemDepth + 1) add(tag, text.trim())
    if (depth === itemDepth) {
      ready.push({ row, fields: new Map([...plain, ...google]) })
      itemDepth = 0
    }
    depth -= 1
  })
  const feed = (work: () => void) => {
    try {
      work()
    } catch (error) {
      if (error instanceof CicloError) throw error
      throw refuse(`is no XML that can be read, at ${(error as Error).message}`)
    }
    const rows = ready
    ready = []
    return rows
  }
  for await (const piece of pieces) {
    pending += piece.length
    yield* feed(() => parser.write(piece))
    if (pending > LONGEST) throw refuse(`has more than ${LONGEST} characters without a tag, in item ${row}`)
  }
  yield* feed(() => parser.close())
  if (row === 0) throw refuse('has no <item> and no <entry>, expected a product feed')
}
