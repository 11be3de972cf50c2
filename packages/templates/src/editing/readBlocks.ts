import { kindOf, type KindName, type SectionValues } from './kinds/sectionKinds.ts'
import { liquidDepth } from './liquidDepth.ts'
import type { Place } from './place.ts'
import { readMjmlNodes, type MjmlNode, type SourceRange } from './readMjmlNodes.ts'

/** One section as a marketer sees it. */
export interface Block extends SourceRange {
  place: Place
  /** One of the catalogue, what can be edited by its elements, or what stays as it is. */
  kind: KindName | 'elements' | 'code'
  /** Of one of the catalogue. */
  values?: SectionValues
  /** The elements that it is made of. */
  nodes: MjmlNode[]
  /** The section around it, if it stands in a column. */
  band?: MjmlNode
}

/** Where sections may stand, and which there are, in their order. */
export interface TemplateBlocks {
  blocks: Block[]
  /** Where a first one would be put in, where there is none. */
  empty: number
}

/**
 * Takes a template apart into its sections. What is around them (head, header, footer) belongs to none of them.
 * Undefined where the MJML cannot be read.
 */
export function readBlocks(mjml: string): TemplateBlocks | undefined {
  const body = readMjmlNodes(mjml)
    ?.find(({ tag }) => tag === 'mjml')
    ?.children.find(({ tag }) => tag === 'mj-body')
  if (body?.inner === undefined) return undefined
  const wrappers = body.children.filter(({ tag, inner }) => tag === 'mj-wrapper' && inner !== undefined)
  const pages = wrappers.length > 0 && liquidDepth(mjml.slice(0, body.inner.from)) === 0 ? wrappers : [body]
  const blocks = pages.flatMap((page) => readPlace(mjml, page, 'page'))
  return { blocks, empty: (pages[0] ?? body).inner?.to ?? body.inner.to }
}

function readPlace(mjml: string, around: MjmlNode, place: Place, band?: MjmlNode): Block[] {
  const groups = groupNodes(mjml, around)
  if (groups === undefined)
    return around.children.length === 0 ? [] : [blockOf(mjml, around.children, place, band)]
  const blocks: Block[] = []
  for (let at = 0; at < groups.length;) {
    // A heading and the line below it are one section.
    const two = groups.slice(at, at + 2).flat()
    const pair = groups[at + 1] === undefined ? undefined : knownBlock(mjml, two, place, band)
    if (pair !== undefined) {
      blocks.push(pair)
      at += 2
      continue
    }
    blocks.push(...readGroup(mjml, groups[at] ?? [], place, band))
    at += 1
  }
  return blocks
}

function readGroup(mjml: string, nodes: MjmlNode[], place: Place, band?: MjmlNode): Block[] {
  const known = knownBlock(mjml, nodes, place, band)
  if (known !== undefined) return [known]
  const section = nodes[0]
  const column = section?.children[0]
  const isBand =
    place === 'page' &&
    nodes.length === 1 &&
    section?.tag === 'mj-section' &&
    section.children.length === 1 &&
    column?.tag === 'mj-column' &&
    column.children.length > 0
  if (isBand) return readPlace(mjml, column, 'column', section)
  return [blockOf(mjml, nodes, place, band)]
}

/** Elements side by side, those between the two ends of a condition as one. Undefined where the ends do not fit. */
function groupNodes(mjml: string, { children }: MjmlNode): MjmlNode[][] | undefined {
  const groups: MjmlNode[][] = []
  let depth: number | undefined = 0
  for (const node of children) {
    if (depth === 0) groups.push([])
    groups.at(-1)?.push(node)
    depth = liquidDepth(mjml.slice(node.from, node.to), depth)
    if (depth === undefined) return undefined
  }
  return depth === 0 ? groups : undefined
}

const rangeOf = (nodes: readonly MjmlNode[]): SourceRange => ({
  from: nodes[0]?.from ?? 0,
  to: nodes.at(-1)?.to ?? 0,
})

function knownBlock(mjml: string, nodes: MjmlNode[], place: Place, band?: MjmlNode): Block | undefined {
  const range = rangeOf(nodes)
  const known = kindOf(mjml.slice(range.from, range.to), place)
  return known && { ...range, place, nodes, ...known, ...(band && { band }) }
}

function blockOf(mjml: string, nodes: MjmlNode[], place: Place, band?: MjmlNode): Block {
  const kind = nodes.some(isEditable) ? 'elements' : 'code'
  return { ...rangeOf(nodes), place, kind, nodes, ...(band && { band }) }
}

/** Whether there is anything in it that a form can ask for. */
const isEditable = ({ tag, children }: MjmlNode): boolean =>
  /^mj-(?:text|button|image|divider|spacer|social)/.test(tag) || children.some(isEditable)
