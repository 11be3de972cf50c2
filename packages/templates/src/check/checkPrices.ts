import { blankComments } from '../checkMjmlTags.ts'
import { lineAt } from '../lineAt.ts'

const STRUCK = /<(s|strike|del)\b[^>]*>([\s\S]*?)<\/\1>/gi
const STRUCK_BY_STYLE = /<(\w+)\b[^>]*\bstyle\s*=\s*"[^"]*line-through[^"]*"[^>]*>([\s\S]*?)<\/\1>/gi
const STRUCK_BY_RULE = /\.([\w-]+)[^{}]*\{[^{}]*line-through/g

/** What a mail strikes through, as text. */
export function struckTexts(html: string): string[] {
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)]
    .map(([, css = '']) => css)
    .join('\n')
  const classes = [...styles.matchAll(STRUCK_BY_RULE)].map(([, name = '']) => name)
  const byClass = classes.map(
    (name) => new RegExp(`<(\\w+)\\b[^>]*\\bclass="[^"]*\\b${name}\\b[^"]*"[^>]*>([\\s\\S]*?)</\\1>`, 'gi'),
  )
  return [STRUCK, STRUCK_BY_STYLE, ...byClass]
    .flatMap((pattern) => [...html.matchAll(pattern)])
    .map(([, , inner = '']) => inner.replace(/<[^>]*>/g, '').trim())
    .filter((text) => /\d/.test(text))
}

/** The line of the first thing that the MJML strikes through. */
export function lineOfStrike(source: string): number | undefined {
  const mjml = blankComments(source)
  const at = mjml.search(/<(?:s|strike|del)\b[^>]*>|line-through/i)
  return at < 0 ? undefined : lineAt(mjml, at)
}
