import { compile, type DomNode, type FormatCallback } from 'html-to-text'

/** A link that stands alone, as a button does, is followed by its URL on the next line, any other reads `label <URL>`. */
const formatLink: FormatCallback = (element, walk, builder) => {
  const href = hrefOf(element)
  const standsAlone = element.parent?.children.every((child) => child === element || isBlank(child)) ?? false
  const label = textOf(element).trim()
  walk(element.children, builder)
  if (href === '' || href.startsWith('#') || href === label) return
  if (standsAlone) {
    builder.addLineBreak()
    builder.addInline(href, { noWordTransform: true })
  } else builder.addInline(` <${href}>`, { noWordTransform: true })
}

function hrefOf({ attribs }: DomNode): string {
  const attributes: unknown = attribs
  if (typeof attributes !== 'object' || attributes === null || !('href' in attributes)) return ''
  return typeof attributes.href === 'string' ? attributes.href : ''
}

function isBlank(node: DomNode): boolean {
  return node.type === 'comment' || (node.type === 'text' && (node.data ?? '').trim() === '')
}

function textOf(node: DomNode): string {
  return node.type === 'text' ? (node.data ?? '') : (node.children ?? []).map(textOf).join('')
}

const convert = compile({
  // A wrapped line could break a Liquid tag or a URL; quoted-printable wraps for transport (RFC 2045, 6.7).
  wordwrap: false,
  formatters: { link: formatLink },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'div', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    { selector: 'a.wordmark', format: 'inline' },
    { selector: 'img', format: 'skip' },
    { selector: '.html-only', format: 'skip' },
    { selector: '.text-row', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    // The preheader, as MJML hides it.
    { selector: 'div[style*="display:none"]', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      // Upper case would change Liquid itself.
      options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
    })),
  ],
})

/**
 * The text part of a compiled mail, its Liquid intact. Elements with the class `html-only` are left out, those with
 * `text-row` get a line of their own.
 */
export function deriveText(html: string): string {
  return convert(html)
}
