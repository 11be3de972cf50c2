import type { TemplateValue } from './templateQueries.ts'

const WRAPPER = /[ \t]*<mj-wrapper\b[\s\S]*<\/mj-wrapper>/
const STYLE = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi
const LOOKUP = /\{\{\s*'([^']*)'\s*\|\s*t\s*\}\}/g

/**
 * An e-mail of another program as a template: its HTML as one code section, within the frame of the shipped ones, whose
 * foot has the link to unsubscribe by. Scripts, which no mail program runs, are left out.
 */
export function htmlTemplate(blank: TemplateValue, html: string): TemplateValue {
  const styles: string[] = []
  // Taken out before: a policy without styles of one's own would complain of what is never applied.
  const unstyled = html.replace(STYLE, (_all, style: string) => {
    styles.push(style.trim())
    return ''
  })
  // What is parsed so neither runs nor loads anything.
  const parsed = new DOMParser().parseFromString(unstyled, 'text/html')
  const subject = parsed.title.trim()
  for (const element of parsed.querySelectorAll('script, style, link, base, meta, title')) element.remove()
  const body = parsed.body.innerHTML.trim()
  const style = styles.length === 0 ? '' : `    <mj-style>\n${styles.join('\n')}\n    </mj-style>\n`
  const mjml = blank.mjml
    .replace(WRAPPER, () => `    <mj-raw>\n${body}\n    </mj-raw>`)
    .replace(/[ \t]*<\/mj-head>/, (end) => style + end)
  const used = new Set(Array.from(mjml.matchAll(LOOKUP), ([, key]) => key))
  return {
    ...blank,
    mjml,
    strings: Object.fromEntries(
      Object.entries(blank.strings).map(([locale, texts]) => [
        locale,
        Object.fromEntries(
          Object.entries(texts)
            .filter(([key]) => used.has(key) || key === 'subject' || key === 'preheader')
            .map(([key, text]) => [key, key === 'subject' && subject !== '' ? subject : text]),
        ),
      ]),
    ),
  }
}
