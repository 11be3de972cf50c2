/** What an import leaves out, and how often. */
export type LeftOut = 'script' | 'form' | 'frame' | 'style' | 'handler' | 'address' | 'liquid' | 'element'

export interface ImportedHtml {
  /** One section for a column; it stays as it is from then on. */
  mjml: string
  leftOut: Partial<Record<LeftOut, number>>
}

const ALLOWED = new Set(
  'a abbr b big blockquote br caption center code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre s small span strike strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
)
const EMPTY = new Set(['br', 'col', 'hr', 'img'])
/** Left out with all that is in them. */
const WITH_CONTENT: Readonly<Record<string, LeftOut>> = {
  audio: 'frame',
  button: 'form',
  canvas: 'script',
  head: 'style',
  iframe: 'frame',
  math: 'element',
  noscript: 'script',
  object: 'frame',
  script: 'script',
  select: 'form',
  style: 'style',
  svg: 'element',
  template: 'script',
  textarea: 'form',
  title: 'style',
  video: 'frame',
}
const KINDS: Readonly<Record<string, LeftOut>> = {
  form: 'form',
  input: 'form',
  embed: 'frame',
  link: 'style',
  meta: 'style',
  base: 'style',
}
/** These only hold a page together. */
const SILENT = new Set(['html', 'body', '!doctype'])
const ATTRIBUTES = new Set(
  'abbr align alt bgcolor border cellpadding cellspacing class color cols colspan dir face height href lang name nowrap role rowspan rows size src start style title type valign width'.split(
    ' ',
  ),
)
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(\/?)([a-zA-Z!][\w:!-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+|</g
const ATTRIBUTE = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g

/**
 * Takes over HTML that was made elsewhere as one section. Scripts, forms, frames, style sheets, handlers of events and
 * addresses that are none of a mail are left out and counted; elements that are not closed get closed, so that nothing
 * of it can reach what is around it. Liquid of another system would be unknown here: it becomes plain text.
 */
export function importHtml(html: string): ImportedHtml {
  const leftOut: ImportedHtml['leftOut'] = {}
  const count = (kind: LeftOut) => (leftOut[kind] = (leftOut[kind] ?? 0) + 1)
  const open: string[] = []
  let out = ''
  let skipped: string | undefined

  for (const [whole, slash, name, attributes = ''] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase()
    if (skipped !== undefined) {
      if (slash === '/' && tag === skipped) skipped = undefined
      continue
    }
    if (tag === undefined) {
      if (!whole.startsWith('<!')) out += plain(whole, count)
      continue
    }
    if (slash === '/') {
      if (!open.includes(tag)) continue
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        out += `</${last}>`
        if (last === tag) break
      }
      continue
    }
    if (!ALLOWED.has(tag)) {
      if (SILENT.has(tag)) continue
      count(WITH_CONTENT[tag] ?? KINDS[tag] ?? 'element')
      if (Object.hasOwn(WITH_CONTENT, tag) && !attributes.endsWith('/')) skipped = tag
      continue
    }
    out += `<${tag}${safeAttributes(tag, attributes, count)}>`
    if (!EMPTY.has(tag)) open.push(tag)
  }
  for (let last = open.pop(); last !== undefined; last = open.pop()) out += `</${last}>`
  const text = out.trim().replace(/\n\s*\n/g, '\n')
  return { mjml: `<mj-text css-class="imported" padding="0">\n${text}\n</mj-text>`, leftOut }
}

const OPENING = /&(?:#0*123|#x0*7b|lbrace|lcub)(?:;|(?![\da-z]))/gi
const CLOSING = /&(?:#0*125|#x0*7d|rbrace|rcub)(?:;|(?![\da-z]))/gi

type Count = (kind: LeftOut) => void

/** A text that is no tag and no Liquid. */
function plain(text: string, count: Count): string {
  return withoutLiquid(text, count).replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/**
 * Every brace becomes round, however it is written: where the text part is made of the HTML entities are characters
 * again, and what stands beside a tag stands beside the next brace.
 */
function withoutLiquid(text: string, count: Count): string {
  const written = text.replaceAll(OPENING, '{').replaceAll(CLOSING, '}')
  if (/\{[{%]/.test(written)) count('liquid')
  return written.replaceAll('{', '(').replaceAll('}', ')')
}

function safeAttributes(tag: string, attributes: string, count: Count): string {
  const kept = new Map<string, string>()
  for (const [, written = '', double, single, bare] of attributes.matchAll(ATTRIBUTE)) {
    const name = written.toLowerCase()
    const value = double ?? single ?? bare ?? ''
    if (name.startsWith('on')) count('handler')
    if (!ATTRIBUTES.has(name) || kept.has(name)) continue
    if ((name === 'href' || name === 'src') && !isAddress(name, value)) {
      count('address')
      continue
    }
    if (
      name === 'style' &&
      /expression|javascript|behavior|@import|url\s*\(|position\s*:/i.test(decoded(value))
    ) {
      count('style')
      continue
    }
    kept.set(
      name,
      withoutLiquid(value, count).replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
  }
  if (tag === 'img' && !kept.has('alt')) kept.set('alt', '')
  return [...kept].map(([name, value]) => ` ${name}="${value}"`).join('')
}

/** What a browser reads where an attribute has entities. */
const decoded = (value: string): string =>
  value
    .replace(/&#x([\da-f]{1,6});?/gi, (_whole, code: string) => characterOf(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});?/g, (_whole, code: string) => characterOf(Number(code)))
    .replaceAll(/\\|\/\*[\s\S]*?\*\//g, '')

const characterOf = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '')

const isAddress = (name: string, value: string): boolean =>
  (name === 'src' ? /^https?:\/\/[^\s{}]+$/i : /^(?:https?:\/\/|mailto:|tel:)[^\s{}]+$/i).test(value.trim())
