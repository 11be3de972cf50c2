import type { Place } from './place.ts'
import { readBlocks, type Block } from './readBlocks.ts'
import type { MjmlNode, SourceRange } from './readMjmlNodes.ts'

/** Puts a text in the place of a part of another. */
export const splice = (text: string, { from, to }: SourceRange, other: string): string =>
  text.slice(0, from) + other + text.slice(to)

/**
 * Puts a section before the one of that number, or behind the last. One that belongs into a column goes into that of
 * its neighbours, or gets a section of its own; one that is a whole section and comes into the middle of a column
 * divides what is around it, without the space at the cut.
 */
export function placeMjml(mjml: string, at: number, place: Place, part: string): string {
  const read = readBlocks(mjml)
  if (read === undefined) return mjml
  const { blocks, empty } = read
  const before = blocks[at - 1]
  const after = blocks[at]
  if (place === 'column') {
    if (before?.band !== undefined) return putIn(mjml, before.to, part, indentAt(mjml, before.from), 'behind')
    if (after?.band !== undefined) return putIn(mjml, after.from, part, indentAt(mjml, after.from), 'before')
    const band = `<mj-section padding="24px 0">\n  <mj-column>\n${indent(part, '    ')}\n  </mj-column>\n</mj-section>`
    return placeMjml(mjml, at, 'page', band)
  }
  if (before?.band !== undefined && before.band.from === after?.band?.from)
    return divide(mjml, before.band, before.to, part)
  if (before !== undefined)
    return putIn(mjml, outer(before).to, part, indentAt(mjml, outer(before).from), 'behind')
  if (after !== undefined)
    return putIn(mjml, outer(after).from, part, indentAt(mjml, outer(after).from), 'before')
  return putIn(mjml, empty, part, '      ', 'before')
}

const outer = (block: Block): SourceRange => block.band ?? block

/** Takes a section out, and with it what was around it for its sake alone. */
export function removeBlock(mjml: string, block: Block): string {
  const column = block.band?.children[0]?.inner
  const isAlone =
    column !== undefined &&
    (mjml.slice(column.from, block.from) + mjml.slice(block.to, column.to)).trim() === ''
  const { from, to } = isAlone && block.band !== undefined ? block.band : block
  const space = /\s*$/.exec(mjml.slice(0, from))?.[0].length ?? 0
  // Between two tags white space means nothing; beside anything else it may.
  const start = mjml[from - space - 1] === '>' ? from - space : from
  return splice(mjml, { from: start, to }, '')
}

function putIn(mjml: string, at: number, part: string, margin: string, where: 'behind' | 'before'): string {
  const text = indent(part, margin).trimStart()
  return splice(mjml, { from: at, to: at }, where === 'behind' ? `\n${margin}${text}` : `${text}\n${margin}`)
}

function divide(mjml: string, band: MjmlNode, at: number, part: string): string {
  const column = band.children[0]
  if (column?.inner === undefined || band.inner === undefined) return mjml
  const margin = indentAt(mjml, band.from)
  const opening = mjml.slice(band.open.from, band.open.to)
  const ending = mjml.slice(column.inner.to, band.to).trimStart()
  const beginning = withPadding(opening, 'top') + mjml.slice(band.open.to, column.open.to)
  const middle = `\n${margin}  ${ending}\n${margin}${indent(part, margin).trimStart()}\n${margin}${beginning}`
  const parted = splice(mjml, { from: at, to: at }, middle)
  return splice(parted, band.open, withPadding(opening, 'bottom'))
}

/** The tag of a section without the space at one side of it. */
function withPadding(tag: string, side: 'top' | 'bottom'): string {
  return tag.replace(/(\spadding=")([^"]*)(")/, (whole, name: string, value: string, quote: string) => {
    const [top, right = top, bottom = top, left = right] = value.trim().split(/\s+/)
    if (top === undefined || value.includes('{')) return whole
    const sides = side === 'top' ? ['0', right, bottom, left] : [top, right, '0', left]
    return `${name}${sides.join(' ')}${quote}`
  })
}

const indentAt = (mjml: string, at: number): string => /[ \t]*$/.exec(mjml.slice(0, at))?.[0] ?? ''

const indent = (part: string, margin: string): string =>
  part
    .split('\n')
    .map((line) => (line === '' ? line : margin + line))
    .join('\n')
