import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Strict: nothing inline, nothing from elsewhere, no framing. Pages that need more say so themselves. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export interface PageParts {
  locale: string
  title: string
  body: Html
  /** A style sheet besides that of all pages. */
  style?: string
  /** A class of the body, for pages with a layout of their own. */
  layout?: 'card' | 'wide'
}

/** A whole page of ours: no script, one style sheet, everything escaped by `html`. */
export function page({ locale, title, body, style, layout = 'card' }: PageParts): Html {
  return html`${raw('<!doctype html>')}
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/page.css" />
        ${style === undefined ? '' : html`<link rel="stylesheet" href="${style}" />`}
      </head>
      <body class="${layout}">
        <main>${body}</main>
      </body>
    </html>`
}
