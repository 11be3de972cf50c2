const TAG = /\{%-?\s*(\w+)[\s\S]*?-?%\}/g
const OPENS = new Set(['if', 'unless', 'for', 'case', 'capture', 'tablerow', 'comment', 'raw'])

/**
 * How many blocks of Liquid (`{% if %}`, `{% for %}`) a text leaves open: 0 where each ends in it, undefined where it
 * ends one, or goes to another branch of one, that began before.
 */
export function liquidDepth(text: string, before = 0): number | undefined {
  let depth = before
  for (const [, name = ''] of text.matchAll(TAG)) {
    if (OPENS.has(name)) depth += 1
    else if (name.startsWith('end')) depth -= 1
    else if (depth === 0 && /^(?:else|elsif|when)$/.test(name)) return undefined
    if (depth < 0) return undefined
  }
  return depth
}
