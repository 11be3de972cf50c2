/** Fields of headers or of a report, by their lower-cased names, each with its values in their order. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** Longer values are cut: no address, id or answer of a server is so long. */
const LONGEST_VALUE = 2_000
const MOST_FIELDS = 1_000

/**
 * Reads blocks of fields as of RFC 822: `Name: value`, folded lines joined, blocks apart by blank lines. Lines that are
 * no fields are passed over.
 *
 * @param most how many blocks are read
 * @param once fields that a block has once: where one comes again, so does a new block, also without a blank line
 */
export function readBlocks(text: string, most: number, once: readonly string[] = []): Fields[] {
  const blocks: Map<string, string[]>[] = []
  let block: Map<string, string[]> | undefined
  let values: string[] | undefined
  let count = 0
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') {
      block = undefined
      values = undefined
      continue
    }
    if (/^[ \t]/.test(line) && values) {
      const last = values.length - 1
      values[last] = `${values[last]} ${line.trim()}`.slice(0, LONGEST_VALUE)
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    values = undefined
    if (name === '' || /\s/.test(name) || count === MOST_FIELDS) continue
    count += 1
    if (!block || (once.includes(name) && block.has(name))) {
      block = new Map()
      blocks.push(block)
      if (blocks.length > most) break
    }
    values = block.get(name) ?? []
    block.set(name, values)
    values.push(
      line
        .slice(colon + 1)
        .trim()
        .slice(0, LONGEST_VALUE),
    )
  }
  return blocks.slice(0, most)
}

const NO_FIELDS: Fields = new Map()

/** The headers of a mail: its first block. */
export const readHeaders = (text: string): Fields => readBlocks(text, 1)[0] ?? NO_FIELDS

export const fieldOf = (fields: Fields, name: string): string | undefined => fields.get(name)?.[0]
