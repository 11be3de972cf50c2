/** Where something stands in the source: from the first character to the one behind the last. */
export interface SourceRange {
  from: number
  to: number
}

/** An MJML element and where its parts stand. */
export interface MjmlNode extends SourceRange {
  tag: string
  /** `<mj-section padding="0">` */
  open: SourceRange
  /** Between the two tags; undefined where it closes itself. */
  inner?: SourceRange
  /** The MJML elements in it. What MJML takes as HTML has none. */
  children: MjmlNode[]
}

const TAG = /<(\/?)(mj[a-z-]*)\b(?:[^>"']|"[^"]*"|'[^']*')*>/g

/** What stands in these is HTML to MJML. */
const HTML_INSIDE = new Set([
  'mj-accordion-text',
  'mj-accordion-title',
  'mj-button',
  'mj-navbar-link',
  'mj-preview',
  'mj-raw',
  'mj-social-element',
  'mj-style',
  'mj-table',
  'mj-text',
  'mj-title',
])

/**
 * The MJML elements of a document with the exact places of their tags, so that one of them can be changed and nothing
 * else. Undefined where tags do not close each other: compiling tells of them.
 */
export function readMjmlNodes(mjml: string): MjmlNode[] | undefined {
  const roots: MjmlNode[] = []
  const stack: MjmlNode[] = []
  for (const match of blankComments(mjml).matchAll(TAG)) {
    const [whole, slash, tag = ''] = match
    const range = { from: match.index, to: match.index + whole.length }
    const around = stack.at(-1)
    if (slash === '') {
      // What looks like MJML inside of HTML is none.
      if (around !== undefined && HTML_INSIDE.has(around.tag)) return undefined
      const node: MjmlNode = { tag, ...range, open: range, children: [] }
      ;(around?.children ?? roots).push(node)
      if (!whole.endsWith('/>')) stack.push(node)
      continue
    }
    const opened = stack.pop()
    if (opened?.tag !== tag) return undefined
    opened.inner = { from: opened.open.to, to: range.from }
    opened.to = range.to
  }
  return stack.length === 0 ? roots : undefined
}

/** Comments become spaces of the same length, so that places stay. */
function blankComments(mjml: string): string {
  return mjml.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length))
}
