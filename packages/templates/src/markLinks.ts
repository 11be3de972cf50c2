const LINK = /(<(?:a|area|v:[a-z]+)\b(?:[^>"']|"[^"]*"|'[^']*')*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi
/** Followed by a query at most, as the answers of a survey are. */
const OWN_URL = /^\{\{-?\s*urls\.\w+\s*-?\}\}(?:\?[^{}]*)?$/
const NO_PAGE = /^(?:mailto:|tel:|#)/i

/** Every href of an element, in MJML as in HTML. */
export const HREF = /<[a-z][\w:-]*\b(?:[^>"']|"[^"]*"|'[^']*')*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
}

/**
 * Replaces every trackable href by `{% trackedLink 0 %}`, `{% trackedLink 1 %}`, ... and returns what
 * stood there as `links`: Liquid source without HTML entities, so that it renders to the plain URL.
 * Our own `urls.*`, `mailto:`, `tel:` and `#` stay as they are.
 */
export function markLinks(html: string): { html: string; links: string[] } {
  const links: string[] = []
  const marked = html.replace(LINK, (whole, before: string, double?: string, single?: string) => {
    const href = (double ?? single ?? '').trim()
    if (href === '' || OWN_URL.test(href) || NO_PAGE.test(href)) return whole
    links.push(decodeHref(href))
    return `${before}"{% trackedLink ${links.length - 1} %}"`
  })
  return { html: marked, links }
}

/** An attribute's value without HTML entities. */
export function decodeHref(href: string): string {
  return href.replace(/&(?:amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
}
