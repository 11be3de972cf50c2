const SCHEME_QUERY = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi
const LINK = /<(?:a|area|form)\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi
const TARGET = /\starget\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)/gi
const HEAD = /<head\b[^>]*>/i

/**
 * What a mail may do when it is shown to the shop, in a frame of the studio or without one: nothing. It runs no script,
 * sends no form, opens no window and leads nowhere; its pictures and styles are shown.
 */
export const SHOWN_MAIL_POLICY =
  "default-src 'none'; img-src 'self' http: https: data:; font-src https:; style-src 'unsafe-inline'; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"

/**
 * A mail's HTML as it is shown in a frame that may open no window: every link asks for one, and so leads nowhere.
 *
 * @param scheme as a reader's mail program would have it that is this light
 */
export function shownMail(html: string, scheme: 'light' | 'dark'): string {
  const base = '<base target="_blank">'
  const schemed = html
    .replace(SCHEME_QUERY, (_query, asked: string) =>
      asked.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)',
    )
    .replace(LINK, (tag) => tag.replace(TARGET, ''))
  return HEAD.test(schemed) ? schemed.replace(HEAD, (head) => head + base) : base + schemed
}
