/** `{{ 'key' | t }}`, the only form in which a template refers to a string. */
export const STRING_LOOKUP = /\{\{\s*(?:'([^']*)'|"([^"]*)")\s*\|\s*t\s*\}\}/g

const LIQUID = /(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/

/**
 * Puts the strings of one locale in the place of `{{ 'key' | t }}`, before the document is parsed. A render is
 * then nearly all literal text, where a filter would evaluate Liquid for every string.
 *
 * `escape` treats the literal parts of a string; its Liquid is escaped, where it must be, when it renders.
 */
export function inlineStrings(
  document: string,
  strings: Record<string, string>,
  escape: (literal: string) => string,
): string {
  return document.replace(STRING_LOOKUP, (whole, single?: string, double?: string) => {
    const text = strings[single ?? double ?? '']
    if (text === undefined) return whole
    const parts = text.split(LIQUID)
    return parts.map((part, index) => (index % 2 === 0 ? escape(part) : part)).join('')
  })
}
